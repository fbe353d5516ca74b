using System.Diagnostics;

namespace Experiments.Engine.Processes;

/// <summary>Runs one process to its end, whatever the end is, and leaves nothing of its tree behind.</summary>
/// <param name="launcher">Starts the process.</param>
internal sealed class ProcessSupervisor(IProcessLauncher launcher)
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>Runs a process.</summary>
    /// <param name="request">What to start.</param>
    /// <param name="supervision">Limits and hooks.</param>
    /// <param name="cancellationToken">Asks the process to end; after the grace it is killed.</param>
    /// <exception cref="LaunchException">The process could not be started.</exception>
    internal async Task<SupervisedExit> RunAsync(LaunchRequest request, Supervision supervision, CancellationToken cancellationToken)
    {
        Subreaper.Enable();
        LiveProcesses.TreeBegins();
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var process = launcher.Start(request);
            var tree = OperatingSystem.IsLinux() ? new ProcessTree(process.Id, supervision.Mark) : null;
            supervision.Started(process, tree);
            var cause = await WaitAsync(process, supervision, cancellationToken).ConfigureAwait(false);
            var duration = Stopwatch.GetElapsedTime(started);
            supervision.Ended();
            var (found, left) = await TreeKiller.KillAsync(process, tree, supervision.Group).ConfigureAwait(false);
            if (!process.Ended.IsCompleted)
                await Task.WhenAny(process.Ended, Task.Delay(KillPatience, CancellationToken.None)).ConfigureAwait(false);
            var exit = process.Ended.IsCompleted ? process.Reap() : new ProcessExit(null, NativeMethods.SignalKill, null);
            var strays = StrayReaper.Reap();
            return new SupervisedExit
            {
                Cause = cause,
                Exit = exit with { Usage = exit.Usage + strays },
                Duration = duration,
                Leftovers = cause == EndCause.Itself ? found : 0,
                Unkillable = left,
            };
        }
        finally
        {
            LiveProcesses.TreeEnds();
        }
    }

    private static async Task<EndCause> WaitAsync(IRunningProcess process, Supervision supervision, CancellationToken cancellationToken)
    {
        using var done = new CancellationTokenSource();
        var timeout = Task.Delay(supervision.Timeout, done.Token);
        var cancelled = WhenCancelled(cancellationToken, done.Token);
        var forced = WhenCancelled(supervision.Force, done.Token);
        try
        {
            var first = await Task.WhenAny(process.Ended, supervision.MemoryLimitPassed, supervision.Stalled, timeout, cancelled, forced).ConfigureAwait(false);
            if (first == process.Ended)
                return supervision.MemoryLimitPassed.IsCompleted ? EndCause.MemoryLimit : EndCause.Itself;
            if (first == supervision.MemoryLimitPassed)
                return EndCause.MemoryLimit; // no grace: every moment takes more memory
            if (first != forced)
            {
                process.RequestStop();
                var grace = Task.Delay(supervision.Grace, done.Token);
                await Task.WhenAny(process.Ended, supervision.MemoryLimitPassed, grace, forced).ConfigureAwait(false);
            }

            return first == timeout ? EndCause.TimedOut : first == supervision.Stalled ? EndCause.Stalled : EndCause.Cancelled;
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
        }
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
