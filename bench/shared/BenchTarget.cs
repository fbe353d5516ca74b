namespace Experiments.Bench;

/// <summary>What a figure should reach.</summary>
/// <param name="Name">The target in words.</param>
/// <param name="AtLeast">The least good value, or null.</param>
/// <param name="AtMost">The greatest good value, or null.</param>
/// <param name="Value">What was measured; null when a peer is not installed.</param>
public sealed record BenchTarget(string Name, double? AtLeast, double? AtMost, double? Value)
{
    /// <summary>Whether it was measured and reached.</summary>
    public bool Met => Value is { } value && (AtLeast is not { } least || value >= least) && (AtMost is not { } most || value <= most);
}
