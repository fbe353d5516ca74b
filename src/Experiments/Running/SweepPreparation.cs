using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Engine.Trainers;
using Experiments.Preparing;
using Experiments.PyTorch.Running;

namespace Experiments.Running;

/// <summary>What is made ready before a sweep runs.</summary>
internal sealed record SweepPreparation
{
    /// <summary>The trials in their order.</summary>
    public required Plan Plan { get; init; }

    /// <summary>The sweep to continue; null: one begins.</summary>
    public required string? ResumeId { get; init; }

    /// <summary>The interpreter of a PyTorch definition; null: there is none here.</summary>
    public required PythonRuntime? Python { get; init; }

    /// <summary>What turns trials into commands.</summary>
    public required IReadOnlyList<ITrainer> Trainers { get; init; }

    /// <summary>Absolute folders of the datasets, by name.</summary>
    public required IReadOnlyDictionary<string, string> Datasets { get; init; }

    /// <summary>What the sweep is compared with, on this machine or on that on which it began.</summary>
    public required Comparison Comparison { get; init; }

    /// <summary>When the sweep started first: only what is older is compared with.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Makes it ready.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">How the sweep runs.</param>
    /// <param name="folder">The sweep to continue; null: one begins.</param>
    /// <param name="isOnCluster">Whether trials run on other machines, which check again: what this one lacks is only told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DiagnosticException">Something is missing; nothing ran.</exception>
    public static async Task<SweepPreparation> MakeAsync(ExperimentDefinition definition, RunOptions options, SweepFolder? folder, bool isOnCluster, CancellationToken cancellationToken)
    {
        var plan = Experiment.Plan(definition, options.Plan);
        var host = await TryAsync(() => TrainingHost.ReadyAsync(definition, options.Notes, cancellationToken)).ConfigureAwait(false);
        var python = await TryAsync(() => PythonCheck.RunAsync(definition, cancellationToken)).ConfigureAwait(false);
        if (python is not null)
            options.Notes.WriteLine(python);
        var begun = folder?.ReadManifest();
        var startedAt = begun?.StartedAt ?? DateTimeOffset.UtcNow;
        return new SweepPreparation
        {
            Plan = plan,
            ResumeId = folder?.SweepId,
            Python = python,
            Trainers = TaskTrainers.Of(host, python),
            StartedAt = startedAt,
            Comparison = await Comparison.ReadAsync(definition, options, begun?.Machine ?? MachineReader.Read(definition.Machine), startedAt, cancellationToken).ConfigureAwait(false),
            Datasets = DatasetPreparation.Prepare(definition, plan, options.Root, options.Notes, cancellationToken),
        };

        async Task<T?> TryAsync<T>(Func<Task<T?>> make)
            where T : class
        {
            try
            {
                return await make().ConfigureAwait(false);
            }
            catch (DiagnosticException problem) when (isOnCluster)
            {
                options.Notes.WriteLine($"the nodes may have what this machine lacks: {problem.Diagnostic.Message}");
                return null;
            }
        }
    }
}
