using Experiments.Core.Diagnostics;

namespace Experiments.Engine.Journal;

/// <summary>Keeps two processes from running one sweep.</summary>
internal sealed class SweepLock : IDisposable
{
    private readonly FileStream _file;

    private SweepLock(FileStream file) => _file = file;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The sweep.</param>
    /// <exception cref="DiagnosticException">EXP3012: another process has it.</exception>
    /// <exception cref="IOException">The file cannot be opened, whoever has it: a full disk, a folder that is gone.</exception>
    internal static SweepLock Take(SweepFolder folder) => new(HeldFile.TryTake(folder.File("sweep.lock"))
        ?? throw new DiagnosticException(TrialDiagnostics.SweepInUse.Error($"sweep {folder.SweepId} is being run: another process holds '{folder.File("sweep.lock")}'")));

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();
}
