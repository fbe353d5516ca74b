using Experiments.Core.Pairs;

namespace Experiments.Pairs;

/// <summary>Between which commits the one is searched that made a training slower.</summary>
public sealed record BisectRequest
{
    /// <summary>A revision that is as fast as it should be, <c>merge-base(REVISION)</c>, or <c>last_passing</c>.</summary>
    public required string Good { get; init; }

    /// <summary>A revision that is slower; default <c>HEAD</c>.</summary>
    public string Bad { get; init; } = "HEAD";

    /// <summary>The slowdown that is looked for at least, a fraction; null: that of the definition's gate, else 5 %.</summary>
    public double? Bound { get; init; }

    /// <summary>How long pairs may be measured in all, beside their starts; default 20 minutes. What was measured before counts as measured, not as spent.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long one commit may be measured at a time; default 90 seconds.</summary>
    public TimeSpan PairBudget { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>A program and its arguments that make a commit's code ready, in the folder of the definition; null: <c>train.setup</c> of the definition.</summary>
    public IReadOnlyList<string>? Setup { get; init; }

    /// <summary>What is not in git and the code needs besides <c>train.share</c>.</summary>
    public IReadOnlyList<string> Share { get; init; } = [];

    /// <summary>Takes the search after each pair; default: nobody.</summary>
    public Action<BisectionReport> Progress { get; init; } = _ => { };
}
