namespace Experiments.Core.Definitions;

/// <summary>A lasting slowdown that is known and accepted for a while.</summary>
public sealed record Suppression
{
    /// <summary>The change that names a slow drift rather than a commit.</summary>
    public const string Drift = "drift";

    /// <summary>The beginning of the first slow commit or sweep id, or <c>drift</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Why it is accepted.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day on which it is.</summary>
    public required DateOnly Until { get; init; }
}
