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

    /// <summary>Files larger than this are not copied as artifacts, which the run's tags then say; default 64 MiB.</summary>
    public long MaxArtifactBytes { get; init; } = 64L << 20;

    /// <summary>How long the end of a sweep waits for a store that takes nothing; default 30 seconds.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the end of a sweep waits for a store that takes something, in all; default 4 minutes.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How long the start of a trial waits for its run's id, where the trial may log to it; default 10 seconds.</summary>
    public TimeSpan HandOverTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long closing waits for the store when the sweep did not come to its end; default 5 seconds.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the store's first failure; each further one is twice as long; default 1 second.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries; default 10 seconds.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Hears, in words for people, that the store lets nobody in, and that the end of the sweep waits for it. Null: nobody does.</summary>
    public Action<string>? OnWaiting { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
