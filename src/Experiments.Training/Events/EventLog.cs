using System.Text;
using Experiments.Core.Events;

namespace Experiments.Training.Events;

/// <summary>
/// Appends events to the file that the engine named. Lines wait in memory and are written by a timer, whole lines at a time, so that the
/// training thread never waits for a disk. On a full one the log ends, and the training goes on, as with the probe of Python scripts.
/// </summary>
internal sealed class EventLog : IDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly FileStream? file;
    private readonly TimeProvider clock;
    private readonly ITimer? timer;
    private StringBuilder pending = new();
    private StringBuilder spare = new();
    private volatile bool hasEnded;
    private bool first;

    /// <param name="path">The file; null to keep no events.</param>
    /// <param name="clock">The clock of the events and of the flushing.</param>
    public EventLog(string? path, TimeProvider clock)
    {
        this.clock = clock;
        if (path is null)
            return;
        try
        {
            file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            End(problem);
            return;
        }

        first = file.Length == 0;
        timer = clock.CreateTimer(_ => Flush(), null, FlushInterval, FlushInterval);
    }

    private double Now => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    public void Phase(string name, params ReadOnlySpan<(string Name, string Value)> details)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in details)
            fields[key] = value;
        Append(new PhaseEvent(name, fields, Now));
    }

    public void Step(int step, int samples, TimeSpan wait, TimeSpan whole) =>
        Append(new StepEvent(step, samples, wait.TotalSeconds, whole.TotalSeconds, Now));

    public void Metric(string name, double value, int? step = null) => Append(new MetricEvent(name, value, step, Now));

    /// <summary>Writes what waits.</summary>
    public void Flush()
    {
        if (file is null)
            return;
        lock (writing) // one writer at a time, while the training thread may go on appending
        {
            StringBuilder lines;
            lock (gate)
            {
                (lines, pending, spare) = (pending, spare, pending);
            }

            if (lines.Length == 0)
                return;
            try
            {
                file.Write(Encoding.UTF8.GetBytes(lines.ToString()));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                End(problem);
            }

            lines.Clear();
        }
    }

    public void Dispose()
    {
        timer?.Dispose();
        Flush();
        file?.Dispose();
    }

    private void End(Exception problem)
    {
        hasEnded = true;
        Console.Error.WriteLine($"The events end here, the training goes on: {problem.Message}");
    }

    private void Append(TrialEvent value)
    {
        if (file is null || hasEnded)
            return;
        lock (gate)
        {
            pending.Append(TrialEventJson.Write(value, first)).Append('\n');
            first = false;
        }
    }
}
