using System.Runtime.InteropServices;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.Launching;

/// <summary>A child process. A thread waits for its end without reaping it, so that its number cannot be given to another process meanwhile.</summary>
internal sealed class PosixProcess : IRunningProcess
{
    private const int InterruptedCall = 4; // EINTR
    private const int StackBytes = 128 * 1024;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private TreeEnd? _exit;

    internal PosixProcess(int id)
    {
        Id = id;
        new Thread(Wait, StackBytes) { IsBackground = true, Name = "wait for a trial" }.Start();
    }

    /// <inheritdoc />
    public int Id { get; }

    /// <inheritdoc />
    public Task Ended => _ended.Task;

    /// <inheritdoc />
    public void RequestStop() => SignalGroup(NativeMethods.SignalTerminate);

    /// <inheritdoc />
    public void Kill() => SignalGroup(NativeMethods.SignalKill);

    /// <inheritdoc />
    public TreeEnd Reap()
    {
        lock (_gate)
        {
            _exit ??= Reap(Id);
            LiveProcesses.Remove(Id);
            return _exit;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_exit is not null)
            return;
        Kill();
        if (_ended.Task.Wait(TimeSpan.FromSeconds(1))) // else it sleeps in the kernel and ends when it wakes
            Reap();
    }

    /// <summary>Reaps any child that has ended.</summary>
    /// <param name="id">Its number.</param>
    internal static TreeEnd Reap(int id)
    {
        Span<long> usage = stackalloc long[ResourceUsage.Words];
        int result, status;
        unsafe
        {
            fixed (long* words = usage)
            {
                do
                    result = NativeMethods.Reap(id, out status, 0, (nint)words);
                while (result < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
            }
        }

        var unknown = new TreeEnd { Cause = EndCause.Exited, Duration = default };
        var (exitCode, signal) = TreeEnd.OfStatus(status);
        return result != id ? unknown : unknown with { ExitCode = exitCode, Signal = signal, Usage = ResourceUsage.Of(usage) };
    }

    private void SignalGroup(int signal)
    {
        lock (_gate)
        {
            if (_exit is null) // not reaped: the number is still ours
                _ = NativeMethods.Kill(-Id, signal);
        }
    }

    private void Wait()
    {
        var information = Marshal.AllocHGlobal(256); // siginfo_t is 128 bytes
        int result;
        do
            result = NativeMethods.WaitForState(NativeMethods.WaitByPid, Id, information, NativeMethods.WaitExited | NativeMethods.WaitNoReap);
        while (result < 0 && Marshal.GetLastPInvokeError() == InterruptedCall);
        Marshal.FreeHGlobal(information);
        _ended.SetResult();
    }
}
