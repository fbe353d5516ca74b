using Experiments.Core.Plans;

namespace Experiments.Running;

/// <summary>Knows variables that a trial gets with its start, such as the id of its run in MLflow.</summary>
public interface ITrialVariables
{
    /// <summary>Asked just before a trial starts. Who throws costs the trial its variables, and nothing else.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>The variables by name; empty: none.</returns>
    Task<IReadOnlyDictionary<string, string>> OfAsync(PlannedTrial trial, CancellationToken cancellationToken);
}
