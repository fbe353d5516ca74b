namespace Experiments.Engine.Processes;

/// <summary>How a supervised process and its tree ended.</summary>
internal sealed record SupervisedExit
{
    /// <summary>Why.</summary>
    public required EndCause Cause { get; init; }

    /// <summary>Code or signal of the process, and what the tree used.</summary>
    public required ProcessExit Exit { get; init; }

    /// <summary>Wall time from start to end.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Descendants that outlived the process and were ended.</summary>
    public int Leftovers { get; init; }

    /// <summary>Processes that could not be ended.</summary>
    public int Unkillable { get; init; }
}
