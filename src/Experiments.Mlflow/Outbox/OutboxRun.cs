using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Outbox;

/// <summary>A run to be started through an outbox. Its key stands for it before a server has given it an id.</summary>
public sealed record OutboxRun
{
    /// <summary>
    /// What names the run for good, such as a sweep's and a trial's id: started again with the same key, it is the same run. No quotes.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The key of the run under which it is nested; null for none. It must have been started before.</summary>
    public string? ParentKey { get; init; }

    /// <summary>The name that the pages show.</summary>
    public required string Name { get; init; }

    /// <summary>The user; empty for none.</summary>
    public string User { get; init; } = "";

    /// <summary>When it started, milliseconds since 1970-01-01 UTC; null means now.</summary>
    public long? StartTimeMs { get; init; }

    /// <summary>The tags to begin with.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];
}
