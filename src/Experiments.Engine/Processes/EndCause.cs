namespace Experiments.Engine.Processes;

/// <summary>Why a trial's process ended.</summary>
internal enum EndCause
{
    /// <summary>By itself.</summary>
    Itself,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It told nothing for too long.</summary>
    Stalled,

    /// <summary>The user cancelled the sweep.</summary>
    Cancelled,

    /// <summary>It used too much memory.</summary>
    MemoryLimit,
}
