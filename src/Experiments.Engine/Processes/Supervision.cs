namespace Experiments.Engine.Processes;

/// <summary>How a process is watched over.</summary>
internal sealed record Supervision
{
    /// <summary>An environment variable of the process that no other trial has, <c>NAME=value</c>.</summary>
    public required string Mark { get; init; }

    /// <summary>Longest wall time.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Time between asking the process to end and ending it.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>The control group of the tree, or null.</summary>
    public IControlGroup? Group { get; init; }

    /// <summary>Ends when the tree has used too much memory.</summary>
    public Task MemoryLimitPassed { get; init; } = new TaskCompletionSource().Task;

    /// <summary>Ends when the process has told nothing for too long.</summary>
    public Task Stalled { get; init; } = new TaskCompletionSource().Task;

    /// <summary>Called when the process runs, with the tree to look at.</summary>
    public Action<IRunningProcess, ProcessTree?> Started { get; init; } = (_, _) => { };

    /// <summary>Called when the process has ended, before what it left behind is ended.</summary>
    public Action Ended { get; init; } = () => { };

    /// <summary>Cancelled when the user does not want to wait for the grace.</summary>
    public CancellationToken Force { get; init; }
}
