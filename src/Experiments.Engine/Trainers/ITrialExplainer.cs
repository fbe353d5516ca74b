using Experiments.Core.Diagnostics;

namespace Experiments.Engine.Trainers;

/// <summary>Knows more of why a trial failed, or is slow, than its exit code tells.</summary>
public interface ITrialExplainer
{
    /// <summary>
    /// At most one error, the cause, and any warnings. The error takes the place of the engine's own line where the trial failed, timed out
    /// or was not measured; a trial that exceeded its memory limit is explained by that.
    /// </summary>
    /// <param name="trial">The trial that ended.</param>
    /// <exception cref="IOException">A file of the trial cannot be read: it stays unexplained.</exception>
    IReadOnlyList<Diagnostic> Explain(EndedTrial trial);
}
