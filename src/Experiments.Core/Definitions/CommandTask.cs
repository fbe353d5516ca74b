namespace Experiments.Core.Definitions;

/// <summary>Any program that writes step events, or whose output tells its metrics.</summary>
public sealed record CommandTask : TrainingTask
{
    /// <summary>The program and its first arguments; <c>{axis}</c> is replaced.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Regular expressions over standard output by metric; the first group is the value.</summary>
    public IReadOnlyDictionary<string, string> Metrics { get; init; } = new Dictionary<string, string>();
}
