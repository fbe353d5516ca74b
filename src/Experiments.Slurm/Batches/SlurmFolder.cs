using System.Globalization;
using System.Text.Json;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Slurm.Batches;

/// <summary>All that a sweep ever submitted.</summary>
/// <param name="sweep">The sweep.</param>
internal sealed class SlurmFolder(SweepFolder sweep)
{
    private const string Prefix = "batch-";

    private string Path => sweep.File("slurm");

    /// <summary>Whether anything of the sweep was submitted.</summary>
    public bool Exists => Directory.Exists(Path);

    /// <summary>The batches, the latest last; what was not written whole was never submitted.</summary>
    /// <exception cref="DiagnosticException">EXP3010: one cannot be read.</exception>
    public IReadOnlyList<(BatchFolder Folder, SlurmBatch Batch)> Read()
    {
        if (!Exists)
            return [];
        try
        {
            return
            [
                .. Directory.GetDirectories(Path, Prefix + "*").Order(StringComparer.Ordinal).Select(path => new BatchFolder(path))
                    .Where(folder => File.Exists(folder.Batch)).Select(folder => (folder, folder.ReadBatch())),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new DiagnosticException(TrialDiagnostics.NoSuchSweep.Error($"what the sweep submitted cannot be read: {exception.Message}"), exception);
        }
    }

    /// <summary>A folder for one more batch.</summary>
    /// <param name="jobName">The name of its jobs, which nothing else has.</param>
    public BatchFolder Create(out string jobName)
    {
        Directory.CreateDirectory(Path);
        var latest = Directory.GetDirectories(Path, Prefix + "*").Select(path => int.TryParse(System.IO.Path.GetFileName(path)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty(0).Max();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{latest + 1:0000}");
        // Sweeps of two users may have one id; the random part tells their jobs apart.
        jobName = $"experiments-{sweep.SweepId}-{name[Prefix.Length..]}-{Guid.NewGuid().ToString("N")[..6]}";
        var folder = new BatchFolder(System.IO.Path.Combine(Path, name));
        Directory.CreateDirectory(folder.Logs);
        return folder;
    }
}
