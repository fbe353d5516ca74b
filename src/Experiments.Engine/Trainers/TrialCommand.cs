namespace Experiments.Engine.Trainers;

/// <summary>The command of one trial.</summary>
public sealed record TrialCommand
{
    /// <summary>A name to look up in <c>PATH</c>, or a path; a relative one starts at the working directory.</summary>
    public required string Program { get; init; }

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Absolute working directory; null: the definition's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables on top of those inherited and of the definition's <c>env</c>; null removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Regular expressions over standard output by metric; the first group is the value.</summary>
    public IReadOnlyDictionary<string, string> OutputMetrics { get; init; } = new Dictionary<string, string>();
}
