namespace Experiments.Core.Definitions;

/// <summary>What a Slurm job needs so that a trial's own limits speak before Slurm's. Pure.</summary>
public static class SlurmAllocation
{
    private const long RunnerBytes = 256L << 20;
    private const double MemoryShare = 1.02;
    private const double DefaultTrialPercent = 90;

    /// <summary>Between the job's start and that of its first trial: nodes wake, interpreters load.</summary>
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(1);

    /// <summary>A trial that times out has a grace, and its files are read afterwards.</summary>
    private static readonly TimeSpan End = TimeSpan.FromMinutes(1);

    /// <summary>Memory in bytes of a job whose trials may take so much.</summary>
    /// <param name="trialBytes">The trial's limit.</param>
    public static long MemoryFor(long trialBytes) => (long)(trialBytes * MemoryShare) + RunnerBytes;

    /// <summary>Memory in bytes to ask for; null: the site's default.</summary>
    /// <param name="definition">The definition.</param>
    public static long? MemoryOf(ExperimentDefinition definition) =>
        definition.Executor.SlurmSettings.MemoryBytes ?? (definition.Limits.Memory?.Bytes is { } limit ? MemoryFor(limit) : null);

    /// <summary>The memory limit of each trial in bytes; null: the node finds it, a share of what it has.</summary>
    /// <param name="definition">The definition.</param>
    public static long? TrialMemoryOf(ExperimentDefinition definition) =>
        definition.Limits.Memory?.Bytes ?? (definition.Executor.SlurmSettings.MemoryBytes is { } job ? TrialMemoryIn(job, definition.Limits) : null);

    /// <summary>The memory limit in bytes of a trial in a job of so much memory.</summary>
    /// <param name="jobBytes">The job's memory.</param>
    /// <param name="limits">The definition's limits.</param>
    public static long TrialMemoryIn(long jobBytes, Limits limits)
    {
        var most = Math.Max((long)((jobBytes - RunnerBytes) / MemoryShare), jobBytes / 2);
        return Math.Min(limits.Memory?.Bytes ?? (long)(jobBytes * (limits.Memory?.Percent ?? DefaultTrialPercent) / 100), most);
    }

    /// <summary>Wall time that one trial takes of a job at most.</summary>
    /// <param name="limits">The definition's limits.</param>
    public static TimeSpan TrialTime(Limits limits) => limits.Timeout + End;

    /// <summary>The least wall time of a job, which runs one trial.</summary>
    /// <param name="limits">The definition's limits.</param>
    public static TimeSpan LeastTime(Limits limits) => Start + TrialTime(limits);

    /// <summary>Wall time to ask for, in whole minutes as Slurm counts them.</summary>
    /// <param name="definition">The definition.</param>
    public static TimeSpan TimeOf(ExperimentDefinition definition)
    {
        var settings = definition.Executor.SlurmSettings;
        var time = settings.Time ?? Start + (settings.Pack * TrialTime(definition.Limits));
        return TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes));
    }
}
