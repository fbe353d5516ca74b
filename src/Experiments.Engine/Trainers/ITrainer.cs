using Experiments.Core.Definitions;

namespace Experiments.Engine.Trainers;

/// <summary>Turns a trial into a command. One for each kind of <see cref="TrainingTask"/>.</summary>
public interface ITrainer
{
    /// <summary>Whether this trainer runs such a task.</summary>
    /// <param name="task">The definition's task.</param>
    bool Runs(TrainingTask task);

    /// <summary>The command of one trial. Pure: it touches no file and starts nothing.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>Program, arguments and the variables that are the trainer's own; the run contract's variables are added by the engine.</returns>
    TrialCommand Prepare(TrialContext trial);
}
