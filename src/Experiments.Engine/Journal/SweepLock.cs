using Experiments.Core.Diagnostics;

namespace Experiments.Engine.Journal;

/// <summary>Keeps two processes from running one sweep. The system gives the lock back when its holder dies, however it dies.</summary>
internal sealed class SweepLock : IDisposable
{
    // What the runtime makes of a file that somebody holds: errno of Linux and macOS, and the two of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    private readonly FileStream _file;

    private SweepLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The sweep.</param>
    /// <exception cref="DiagnosticException">EXP3012: another process has it.</exception>
    /// <exception cref="IOException">The file cannot be opened, whoever has it: a full disk, a folder that is gone.</exception>
    internal static SweepLock Take(SweepFolder folder)
    {
        try
        {
            return new SweepLock(new FileStream(folder.File("sweep.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (Held.Contains(exception.HResult))
        {
            throw new DiagnosticException(TrialDiagnostics.SweepInUse.Error($"sweep {folder.SweepId} is being run: {exception.Message}"), exception);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
