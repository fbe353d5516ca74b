using System.Diagnostics;
using System.Runtime.InteropServices;
using Cake.Core.IO;
using Experiments.Core.Results;

namespace Cake.Experiments.Tool;

/// <summary>A running command. Ctrl+C, a termination signal and a timeout first ask it to end, then, after a grace, kill its tree.</summary>
internal sealed class SweepProcess(Process process, TimeSpan grace) : IProcess
{
    private int _asked;

    public void WaitForExit() => WaitForExit(Timeout.Infinite);

    public bool WaitForExit(int milliseconds)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
        if (process.WaitForExit(milliseconds))
            return true;
        End();
        return false;
    }

    /// <summary>Cancelled, however the command ended, once it was asked to: no other experiment shall begin.</summary>
    public int GetExitCode() => _asked > 0 ? ExitCodes.Cancelled : process.ExitCode;

    public IEnumerable<string> GetStandardError() => Lines(process.StartInfo.RedirectStandardError ? process.StandardError : null);

    public IEnumerable<string> GetStandardOutput() => Lines(process.StartInfo.RedirectStandardOutput ? process.StandardOutput : null);

    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose() => process.Dispose();

    /// <summary>Cake stays until the command has ended; a second signal does not wait for the grace.</summary>
    private void Ask(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _asked) == 1)
            _ = Task.Run(End);
        else
            KillIfRunning();
    }

    private void End()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It has ended, or closed its end: nobody is left to ask.
        }

        if (!process.WaitForExit(grace))
            KillIfRunning();
    }

    private void KillIfRunning()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    private static IEnumerable<string> Lines(StreamReader? reader)
    {
        while (reader?.ReadLine() is { } line)
            yield return line;
    }
}
