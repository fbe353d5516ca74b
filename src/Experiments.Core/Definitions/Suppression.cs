namespace Experiments.Core.Definitions;

/// <summary>A lasting slowdown that is known and accepted for a while.</summary>
/// <param name="Change">The beginning of the first slow commit or sweep id, or <c>drift</c>.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Until">The last day on which it is.</param>
public sealed record Suppression(string Change, string Reason, DateOnly Until)
{
    /// <summary>The change that names a slow drift rather than a commit.</summary>
    public const string Drift = "drift";
}
