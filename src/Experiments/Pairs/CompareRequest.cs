using Experiments.Core.Pairs;

namespace Experiments.Pairs;

/// <summary>What is compared with what.</summary>
public sealed record CompareRequest
{
    /// <summary>The old code: a git revision, <c>merge-base(REVISION)</c> of it and what is checked out, or <c>last_passing</c>, the commit of the newest sweep that passed. Null where the same code is compared.</summary>
    public string? Against { get; init; }

    /// <summary>Filters, as <c>num_workers=2</c>, that choose the old configuration of the same code; null: each configuration with its like.</summary>
    public string? Configuration { get; init; }

    /// <summary>Filters that choose the new configuration; with <see cref="Configuration"/>.</summary>
    public string? With { get; init; }

    /// <summary>The largest slowdown that is allowed, a fraction; null: that of the definition's gate, else 5 %.</summary>
    public double? Bound { get; init; }

    /// <summary>How long a pair may be measured, beside its starts; default 90 seconds.</summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>A program and its arguments that make the old code ready, in the folder of the definition, once a commit; null: <c>train.setup</c> of the definition.</summary>
    public IReadOnlyList<string>? Setup { get; init; }

    /// <summary>What is not in git and the old code needs besides <c>train.share</c>: files and folders, relative to the definition's folder, that are linked in.</summary>
    public IReadOnlyList<string> Share { get; init; } = [];

    /// <summary>Takes each pair when it is settled; default: nobody.</summary>
    public Action<PairComparison> Progress { get; init; } = _ => { };
}
