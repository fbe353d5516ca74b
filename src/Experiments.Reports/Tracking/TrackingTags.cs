namespace Experiments.Reports.Tracking;

/// <summary>Tags that this program sets beyond MLflow's own.</summary>
public static class TrackingTags
{
    /// <summary>The definition's name, on all runs of its sweeps: an MLflow experiment may hold those of several.</summary>
    public const string Definition = "experiments.definition";

    /// <summary>The sweep's id, on all its runs.</summary>
    public const string SweepId = "experiments.sweep_id";

    /// <summary>The trial's id, on its run.</summary>
    public const string TrialId = "experiments.trial_id";

    /// <summary>The configuration's id.</summary>
    public const string ConfigurationId = "experiments.configuration_id";

    /// <summary>Why the trial ran: planned, adaptive, confirmation, control.</summary>
    public const string Purpose = "experiments.purpose";

    /// <summary>How the trial ended, as in results.json.</summary>
    public const string Status = "experiments.status";

    /// <summary>The verdict: of the sweep on its run, of the configuration on each trial's.</summary>
    public const string Verdict = "experiments.verdict";

    /// <summary>The exit code: of the verdict on the sweep's run, of the process on each trial's.</summary>
    public const string ExitCode = "experiments.exit_code";

    /// <summary>The machine's fingerprint.</summary>
    public const string Machine = "experiments.machine";

    /// <summary>Whether the working tree differed from the commit; not there where git could not be asked.</summary>
    public const string Dirty = "experiments.git_dirty";

    /// <summary>How memory was measured.</summary>
    public const string MemoryMethod = "experiments.memory_method";

    /// <summary>Files that were not copied as artifacts, and why.</summary>
    public const string SkippedArtifacts = "experiments.skipped_artifacts";

    /// <summary>Files that were copied under another path, because a store cannot have theirs.</summary>
    public const string RenamedArtifacts = "experiments.renamed_artifacts";
}
