using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Scheduling;

/// <summary>A trial does not run.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Status"><see cref="TrialStatus.Foreseen"/> or <see cref="TrialStatus.Skipped"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Forecast">The peak memory that was foreseen for it, or null.</param>
public sealed record SkipTrial(PlannedTrial Trial, TrialStatus Status, Diagnostic Reason, MemoryForecast? Forecast) : Step
{
    /// <summary>What stands for the trial among the results.</summary>
    /// <param name="at">When it would have started.</param>
    public TrialResult ResultAt(DateTimeOffset at) => new TrialResult
    {
        TrialId = Trial.Id,
        Configuration = Trial.Configuration,
        Repeat = Trial.Repeat,
        Purpose = Trial.Purpose,
        Status = Status,
        StartedAt = at,
        DurationSeconds = 0,
        Metrics = new Dictionary<string, double>(),
        Diagnostics = [Reason],
    }.Foreseen(Forecast);
}
