using Experiments.Core.Results;

namespace Experiments.Engine.Execution;

/// <summary>Runs trials, one at a time, and knows nothing of why they run: whole trials here; others run them elsewhere.</summary>
public interface ITrialExecutor
{
    /// <summary>Runs a trial to its end. Whatever goes wrong with it is in the result; what a cancelled trial measured is not.</summary>
    /// <param name="order">The trial.</param>
    /// <param name="cancellationToken">Asks the trial to end.</param>
    Task<TrialResult> RunAsync(TrialOrder order, CancellationToken cancellationToken);
}
