using System.Globalization;
using Experiments.Processes;
using Experiments.Processes.Sampling;

namespace Experiments.Engine.Telemetry;

/// <summary>
/// Writes <c>telemetry.csv</c>: ten rows a second, fewer the longer a trial runs. A row holds the most memory since the row before it.
/// </summary>
internal sealed class TelemetryFile : IDisposable
{
    private const string Header =
        "elapsed_s,used_bytes,anonymous_bytes,shared_bytes,page_cache_bytes,swap_bytes,rss_bytes,processes,cpu_user_s,cpu_system_s";

    private const int RowsBeforeSlower = 6000;

    private readonly StreamWriter? _writer;
    private TimeSpan _interval = TimeSpan.FromMilliseconds(100);
    private TimeSpan _next;
    private MemoryReading _most;
    private int _rows;
    private bool _failed;

    /// <summary>Begins the file.</summary>
    /// <param name="path">The file; null to write none.</param>
    internal TelemetryFile(string? path)
    {
        if (path is null)
            return;
        _writer = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true }; // it is read while it grows
        _writer.Write(Header + "\n");
    }

    /// <summary>Takes a sample; writes a row when it is time.</summary>
    /// <param name="elapsed">Time since the trial's start.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="processes">The processes, as last seen.</param>
    internal void Add(TimeSpan elapsed, MemoryReading memory, ProcessTotals processes)
    {
        if (memory.UsedBytes >= _most.UsedBytes)
            _most = memory;
        if (elapsed < _next || _failed)
            return;
        Write(elapsed, processes);
        _most = default;
        _next = elapsed + _interval;
        if (++_rows % RowsBeforeSlower == 0)
            _interval *= 2;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (IOException)
        {
            // a full disk; the summary is in the result
        }
    }

    private void Write(TimeSpan elapsed, ProcessTotals processes)
    {
        try
        {
            _writer?.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{elapsed.TotalSeconds:0.000},{_most.UsedBytes},{_most.AnonymousBytes},{_most.SharedBytes},{_most.PageCacheBytes},{_most.SwapBytes},{processes.ResidentBytes},{processes.Count},{processes.UserSeconds:0.00},{processes.SystemSeconds:0.00}\n"));
        }
        catch (IOException)
        {
            _failed = true; // a full disk must not end the sampling, which guards the limit
        }
    }
}
