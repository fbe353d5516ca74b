using Experiments.Core.Definitions;

namespace Experiments.Engine.Trainers;

/// <summary>Runs any program: its command and arguments with <c>{axis}</c> filled in.</summary>
public sealed class CommandTrainer : ITrainer
{
    /// <inheritdoc />
    public bool Runs(TrainingTask task) => task is CommandTask;

    /// <inheritdoc />
    public TrialCommand Prepare(TrialContext trial)
    {
        var task = (CommandTask)trial.Definition.Train;
        var words = task.Command.Concat(task.Args).Select(word => AxisTemplate.Fill(word, trial)).ToList();
        return new TrialCommand { Program = words[0], Arguments = words[1..], OutputMetrics = task.Metrics };
    }
}
