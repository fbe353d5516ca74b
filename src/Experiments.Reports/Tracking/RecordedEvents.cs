using Experiments.Core.Events;
using Experiments.Shared;

namespace Experiments.Reports.Tracking;

/// <summary>The events that a trial left in its folder.</summary>
internal static class RecordedEvents
{
    private const int LongestLine = 1024 * 1024;
    private const int PartBytes = 256 * 1024;

    /// <summary>The events, read as they are asked for; none where no plain file holds them.</summary>
    /// <param name="trialFolder">The trial's folder.</param>
    /// <exception cref="IOException">The file ceases to be readable.</exception>
    public static IEnumerable<TrialEvent> Read(string trialFolder)
    {
        var path = Path.Combine(trialFolder, "events.jsonl");
        using var file = PlainFile.IsRefused(path) ? null : PlainFile.TryOpen(path);
        var (at, end) = (0L, file?.Length ?? 0); // what is appended later is not waited for
        var part = new byte[file is null ? 0 : PartBytes];
        var lines = new LineCutter(LongestLine);
        var events = new List<TrialEvent>();
        while (at < end && RandomAccess.Read(file!.SafeFileHandle, part, at) is > 0 and var read)
        {
            at += read;
            lines.Add(part.AsSpan(0, read), Take);
            foreach (var value in events)
                yield return value;
            events.Clear();
        }

        lines.End(Take);
        foreach (var value in events)
            yield return value;

        void Take(ReadOnlySpan<byte> line)
        {
            if (TrialEventJson.Read(line) is { } value)
                events.Add(value);
        }
    }
}
