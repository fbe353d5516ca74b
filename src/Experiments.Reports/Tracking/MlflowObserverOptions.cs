namespace Experiments.Reports.Tracking;

/// <summary>What runs say beyond the sweep itself.</summary>
public sealed record MlflowObserverOptions
{
    /// <summary>The MLflow experiment; null: the definition's.</summary>
    public string? Experiment { get; init; }

    /// <summary>The user shown; default: the current one.</summary>
    public string User { get; init; } = Environment.UserName;

    /// <summary>The git branch, or null.</summary>
    public string? GitBranch { get; init; }

    /// <summary>The git repository's URL, or null; credentials in it are left out.</summary>
    public string? GitRepositoryUrl { get; init; }

    /// <summary>Further tags of all the sweep's runs, such as the versions of what trains.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The folders of the datasets by name, for their digests; a dataset without one is described by its definition.</summary>
    public IReadOnlyDictionary<string, string> DatasetFolders { get; init; } = new Dictionary<string, string>();

    /// <summary>Files larger than this are not copied as artifacts, which the run's tags then say; default 256 MiB.</summary>
    public long MaxArtifactBytes { get; init; } = 256L << 20;

    /// <summary>How long the end of a sweep waits for what is still to be recorded; default 2 minutes.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
