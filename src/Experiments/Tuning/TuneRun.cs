using Experiments.Core.Results;
using Experiments.Core.Tuning;

namespace Experiments.Tuning;

/// <summary>What a tuning came to.</summary>
public sealed record TuneRun
{
    /// <summary>What was tuned: the values of the axes that are no loader's, such as <c>dataset=MELD-DA</c>; empty for a script.</summary>
    public string Name { get; init; } = "";

    /// <summary>The answer; null where the run told nothing of its loader.</summary>
    public TuningReport? Report { get; init; }

    /// <summary>Why it told nothing, or less than it could; null where it told all.</summary>
    public string? Reason { get; init; }

    /// <summary>The run that was measured in segments.</summary>
    public required SweepRun Segments { get; init; }

    /// <summary>Whole trials of the winner and of the script's own setting; null where they are the same, or none were asked for.</summary>
    public SweepRun? Confirmation { get; init; }

    /// <summary>One of <see cref="ExitCodes"/>: a pass once a setting is recommended.</summary>
    public int ExitCode => Report?.Chosen is not null ? ExitCodes.Pass
        : Segments.ExitCode == ExitCodes.Pass ? ExitCodes.TrialFailed : Segments.ExitCode;
}
