using Experiments.Core.Diagnostics;

namespace Experiments.Reports.Tracking;

/// <summary>How far the recording of a sweep has come.</summary>
public sealed record RecordingOutcome
{
    /// <summary>Whether the store holds everything.</summary>
    public bool IsComplete => Problems.Count == 0;

    /// <summary>EXP4001: what the store does not hold, why, and how it gets there; as warnings.</summary>
    public required IReadOnlyList<Diagnostic> Problems { get; init; }

    /// <summary>Where people see the runs: addresses, or the command that opens them.</summary>
    public required IReadOnlyList<string> Places { get; init; }
}
