namespace Experiments.Cleaning;

/// <summary>Which sweeps are old.</summary>
public sealed record CleanRequest
{
    /// <summary>The latest sweeps of each experiment that stay as they are; default 20.</summary>
    public int KeepLast { get; init; } = 20;

    /// <summary>Only sweeps that began longer ago are old; default: any age.</summary>
    public TimeSpan OlderThan { get; init; }

    /// <summary>Whether it is only said what would go; default false.</summary>
    public bool IsDryRun { get; init; }
}
