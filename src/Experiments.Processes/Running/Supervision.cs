using Experiments.Processes.ControlGroups;
using Experiments.Processes.Freezing;
using Experiments.Processes.Launching;
using Experiments.Processes.Sampling;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Running;

/// <summary>How a process is watched over.</summary>
internal sealed record Supervision
{
    /// <summary>An environment variable of the process that no other tree has, <c>NAME=value</c>.</summary>
    public required string Mark { get; init; }

    /// <summary>Longest wall time; time in which the tree was stopped does not count.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Time between asking the process to end and ending it.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>The control group of the tree, or null.</summary>
    public IControlGroup? Group { get; init; }

    /// <summary>
    /// Called when the process runs, with the tree to look at: begins to measure it, and guards limits. A tree that exceeds one is ended without grace, because every
    /// moment takes more.
    /// </summary>
    public Func<IRunningProcess, TreeMembers?, TreeSampler?> Sample { get; init; } = (_, _) => null;

    /// <summary>Called when the process runs, with what stops the tree and lets it go on.</summary>
    public Action<TreeFreezer> Started { get; init; } = _ => { };

    /// <summary>Ends when the process has reported nothing for too long.</summary>
    public Task Stalled { get; init; } = new TaskCompletionSource().Task;

    /// <summary>Called when the process has ended and nobody measures its tree any more, before what it left behind is ended.</summary>
    public Action Ended { get; init; } = () => { };

    /// <summary>Cancelled when the user does not want to wait for the grace.</summary>
    public CancellationToken Force { get; init; }
}
