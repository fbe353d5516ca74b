using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Trainers;
using Experiments.Preparing;
using Experiments.PyTorch.Running;

namespace Experiments.Pairs;

/// <summary>What pairs need besides the code of both sides.</summary>
/// <param name="Options">Where they lie.</param>
/// <param name="Trainer">Turns trials into commands.</param>
/// <param name="Explainer">Finds out why a side failed.</param>
/// <param name="Datasets">Absolute folders of the datasets, by name.</param>
internal sealed record PairSurroundings(RunOptions Options, ITrainer Trainer, ITrialExplainer Explainer, IReadOnlyDictionary<string, string> Datasets)
{
    /// <summary>Makes them ready where no sweep has done so.</summary>
    /// <exception cref="DiagnosticException">What keeps a sweep from starting.</exception>
    public static async Task<PairSurroundings> PrepareAsync(ExperimentDefinition definition, RunOptions options, CancellationToken cancellationToken)
    {
        var host = await TrainingHost.ReadyAsync(definition, options.Notes, cancellationToken).ConfigureAwait(false);
        var python = await PythonCheck.RunAsync(definition, cancellationToken).ConfigureAwait(false);
        var trainer = TaskTrainers.Of(host, python).FirstOrDefault(one => one.Runs(definition.Train))
            ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainer.Error($"nothing here runs a {definition.Train.GetType().Name}", definition.PositionOf("train")));
        var datasets = DatasetPreparation.Prepare(definition, Experiment.Plan(definition), options.Root, options.Notes, cancellationToken);
        return new PairSurroundings(options, trainer, new TrialExplainer(python), datasets);
    }
}
