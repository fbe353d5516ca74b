namespace Experiments.Core.Results;

/// <summary>How a trial ended.</summary>
public enum TrialStatus
{
    /// <summary>Exit code 0 and measured steps.</summary>
    Completed,

    /// <summary>Another exit code, or it could not be started.</summary>
    Failed,

    /// <summary>Longer than <c>limits.timeout</c>.</summary>
    TimedOut,

    /// <summary>Ended by its memory limit or by the kernel for lack of memory.</summary>
    BlownUp,

    /// <summary>Not run: its memory was foreseen to exceed the limit.</summary>
    Foreseen,

    /// <summary>Not run: an earlier trial failed of a cause that this one's settings do not change.</summary>
    Skipped,

    /// <summary>Exit code 0, but no measured step.</summary>
    NotMeasured,

    /// <summary>The sweep was cancelled while it ran; a resumed sweep runs it again.</summary>
    Cancelled,
}
