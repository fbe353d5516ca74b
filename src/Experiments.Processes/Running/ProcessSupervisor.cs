using System.Diagnostics;
using Experiments.Processes.Freezing;
using Experiments.Processes.Kernel;
using Experiments.Processes.Launching;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Running;

/// <summary>Runs one process to its end, whatever the end is, and leaves nothing of its tree behind.</summary>
/// <param name="launcher">Starts the process.</param>
internal sealed class ProcessSupervisor(IProcessLauncher launcher)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>Runs a process.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="supervision">Limits and hooks.</param>
    /// <param name="cancellationToken">Asks the process to end; after the grace it is killed.</param>
    /// <exception cref="LaunchException">The process could not be started.</exception>
    internal async Task<TreeEnd> RunAsync(LaunchRequest request, Supervision supervision, CancellationToken cancellationToken)
    {
        Subreaper.Enable();
        LiveProcesses.TreeBegins();
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var process = launcher.Start(request);
            var tree = OperatingSystem.IsLinux() ? new TreeMembers(process.Id, supervision.Mark) : null;
            using var freezer = new TreeFreezer(process, supervision.Mark, supervision.Group);
            supervision.Started(freezer);
            using var sampler = supervision.Sample(process, tree);
            var exceeded = sampler?.LimitExceeded ?? new TaskCompletionSource<EndCause>().Task;
            var cause = await WaitAsync(process, supervision, exceeded, freezer, cancellationToken).ConfigureAwait(false);
            freezer.Dispose();
            var duration = Stopwatch.GetElapsedTime(started);
            var memory = sampler?.Stop(); // first: it looks at the same tree, from a thread of its own
            supervision.Ended();
            var (found, left) = await TreeKiller.KillAsync(process, tree, supervision.Group).ConfigureAwait(false);
            if (!process.Ended.IsCompleted)
                await Task.WhenAny(process.Ended, Task.Delay(KillPatience, CancellationToken.None)).ConfigureAwait(false);
            var end = process.Ended.IsCompleted ? process.Reap() : new TreeEnd { Cause = cause, Duration = duration, Signal = NativeMethods.SignalKill };
            return end with
            {
                // The kernel may have been quicker than whoever guards the limit.
                Cause = cause != EndCause.Cancelled && exceeded.IsCompleted ? await exceeded.ConfigureAwait(false) : cause,
                Usage = end.Usage + StrayReaper.Reap(),
                Duration = duration,
                Memory = memory,
                Leftovers = cause == EndCause.Exited ? found : 0,
                Unkillable = left,
            };
        }
        finally
        {
            LiveProcesses.TreeEnds();
        }
    }

    private static async Task<EndCause> WaitAsync(
        IRunningProcess process, Supervision supervision, Task<EndCause> exceeded, TreeFreezer freezer, CancellationToken cancellationToken)
    {
        using var done = new CancellationTokenSource();
        var timeout = TimeOutAsync(supervision.Timeout, freezer, done.Token);
        var cancelled = WhenCancelled(cancellationToken, done.Token);
        var forced = WhenCancelled(supervision.Force, done.Token);
        try
        {
            var first = await Task.WhenAny(process.Ended, exceeded, supervision.Stalled, timeout, cancelled, forced).ConfigureAwait(false);
            if (first == process.Ended)
                return exceeded.IsCompleted ? await exceeded.ConfigureAwait(false) : EndCause.Exited;
            if (first == exceeded)
                return await exceeded.ConfigureAwait(false);
            if (first != forced)
            {
                freezer.Dispose(); // who is stopped hears no request
                process.RequestStop();
                var grace = Task.Delay(supervision.Grace, done.Token);
                await Task.WhenAny(process.Ended, exceeded, grace, forced).ConfigureAwait(false);
            }

            return first == timeout ? EndCause.TimedOut : first == supervision.Stalled ? EndCause.Stalled : EndCause.Cancelled;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Time in which the tree was stopped does not count.</summary>
    private static async Task TimeOutAsync(TimeSpan timeout, TreeFreezer freezer, CancellationToken done)
    {
        var started = Stopwatch.GetTimestamp();
        while (timeout - (Stopwatch.GetElapsedTime(started) - freezer.FrozenTime) is { Ticks: > 0 } left)
            await Task.Delay(left < LongestDelay ? left : LongestDelay, done).ConfigureAwait(false);
    }

    private static Task WhenCancelled(CancellationToken token, CancellationToken done)
    {
        if (token.IsCancellationRequested)
            return Task.CompletedTask;
        if (!token.CanBeCanceled)
            return Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, done);
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var registration = token.Register(() => source.TrySetResult());
        done.Register(registration.Dispose);
        return source.Task;
    }
}
