using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Shared;

namespace Experiments.Engine.Journal;

/// <summary>
/// The append-only record of finished trials: one line each, on the disk before the next trial starts.
/// What cannot be written stays in memory and is tried again with every line.
/// </summary>
internal sealed class TrialJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly Queue<byte[]> _waiting = new();
    private long _length;

    private TrialJournal(FileStream file, long length) => (_file, _length) = (file, length);

    /// <summary>Results that are not on the disk yet.</summary>
    internal int Waiting => _waiting.Count;

    /// <summary>Opens the journal; a torn last line is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal static TrialJournal Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var text = new byte[file.Length];
        file.ReadExactly(text);
        var length = text.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (length < file.Length)
            file.SetLength(length);
        return new TrialJournal(file, length);
    }

    /// <summary>Reads all whole lines; a torn last line, and lines of a later version that are no results, are skipped. Of a trial that was repeated the last result counts.</summary>
    /// <param name="path">The file; none is an empty journal.</param>
    /// <exception cref="IOException">It is no plain file, or it cannot be read.</exception>
    internal static IReadOnlyList<TrialResult> Read(string path)
    {
        using var file = PlainFile.TryOpen(path);
        if (file is null)
            return [];
        using var reader = new StreamReader(file);
        var results = new Dictionary<string, TrialResult>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (Parse(line) is { } result && (!results.TryGetValue(result.TrialId, out var known) || !known.IsMeasured))
                results[result.TrialId] = result;
        }

        return [.. results.Values];
    }

    /// <summary>
    /// Whether a resumed sweep runs a trial again though it has a result. What was foreseen is foreseen anew: by now more is known, or the user wants to see it. What
    /// failed of a cause outside the matrix, or of the cluster's, is tried anew, and with it what was skipped for that: the cause may be mended.
    /// </summary>
    /// <param name="result">The result.</param>
    internal static bool RunsAnew(TrialResult result) => result.Status is TrialStatus.Foreseen or TrialStatus.Skipped || PyTorchDiagnostics.IsOutsideMatrix(result) || SlurmDiagnostics.IsOfCluster(result);

    /// <summary>Appends a result and flushes it to the disk.</summary>
    /// <param name="result">The result.</param>
    /// <exception cref="IOException">It could not be written; it waits for the next call.</exception>
    internal void Append(TrialResult result)
    {
        _waiting.Enqueue([.. JsonSerializer.SerializeToUtf8Bytes(result, ExperimentsJson.Compact.TrialResult), (byte)'\n']);
        WriteWaiting();
    }

    /// <summary>Writes what waits.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    internal void WriteWaiting()
    {
        while (_waiting.TryPeek(out var line))
        {
            RandomAccess.Write(_file.SafeFileHandle, line, _length); // over a line that was torn by a full disk
            _file.Flush(flushToDisk: true);
            _length += line.Length;
            _waiting.Dequeue();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static TrialResult? Parse(string line)
    {
        try
        {
            return line.Length == 0 ? null : JsonSerializer.Deserialize(line, ExperimentsJson.Compact.TrialResult);
        }
        catch (JsonException)
        {
            return null; // torn by a crash: the trial runs again
        }
    }
}
