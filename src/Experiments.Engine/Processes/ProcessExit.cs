namespace Experiments.Engine.Processes;

/// <summary>How a process ended, as the kernel tells it: a code or a signal, never 137 for both.</summary>
/// <param name="ExitCode">The exit code; null when a signal ended it.</param>
/// <param name="Signal">The signal; null when it exited.</param>
/// <param name="Usage">What it used; null where the system does not tell.</param>
internal sealed record ProcessExit(int? ExitCode, int? Signal, ResourceUsage? Usage)
{
    /// <summary>Reads a status of <c>wait(2)</c>.</summary>
    /// <param name="status">The raw status.</param>
    /// <param name="usage">What the process used.</param>
    internal static ProcessExit OfStatus(int status, ResourceUsage? usage)
    {
        var signal = status & 0x7f;
        return signal == 0 ? new ProcessExit((status >> 8) & 0xff, null, usage) : new ProcessExit(null, signal, usage);
    }
}
