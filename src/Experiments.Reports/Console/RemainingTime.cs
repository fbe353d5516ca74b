using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Reports.Console;

/// <summary>How long a sweep still takes: each trial to come as long as its configuration's last, or as the average of all.</summary>
internal sealed class RemainingTime
{
    private readonly Dictionary<string, double> secondsByConfiguration = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PlannedTrial> outstanding;
    private double seconds;
    private int finished;

    public RemainingTime(IEnumerable<PlannedTrial> trials, IEnumerable<TrialResult> done)
    {
        outstanding = trials.ToDictionary(trial => trial.Id, StringComparer.Ordinal);
        Total = outstanding.Count;
        foreach (var result in done)
            Finish(result);
    }

    /// <summary>All trials, those added later included.</summary>
    public int Total { get; private set; }

    /// <summary>Trials that ended.</summary>
    public int Finished => Total - outstanding.Count;

    /// <summary>A trial that the plan did not have, such as an adaptive repeat.</summary>
    public void Add(PlannedTrial trial)
    {
        if (outstanding.TryAdd(trial.Id, trial))
            Total++;
    }

    /// <summary>Whether the trial is among those to come.</summary>
    public bool Expects(PlannedTrial trial) => outstanding.ContainsKey(trial.Id);

    public void Finish(TrialResult result)
    {
        if (result.Status == TrialStatus.Cancelled || !outstanding.Remove(result.TrialId))
            return;
        if (result.Status is TrialStatus.Foreseen or TrialStatus.Skipped)
        {
            secondsByConfiguration[result.Configuration.Id] = 0; // nor will its repeats run
            return;
        }

        secondsByConfiguration[result.Configuration.Id] = result.DurationSeconds;
        seconds += result.DurationSeconds;
        finished++;
    }

    /// <summary>The estimate; null before the first trial ended.</summary>
    /// <param name="spent">How long the running trial has been running.</param>
    public TimeSpan? Estimate(TimeSpan spent)
    {
        if (finished == 0)
            return null;
        var average = seconds / finished;
        var rest = outstanding.Values.Sum(trial => secondsByConfiguration.GetValueOrDefault(trial.Configuration.Id, average));
        return TimeSpan.FromSeconds(Math.Max(0, rest - spent.TotalSeconds));
    }
}
