using System.Buffers;
using Experiments.Core.Events;

namespace Experiments.Engine.Measurements;

/// <summary>Reads the event lines that a trial appended since the last time. A line without its end waits for the rest.</summary>
/// <param name="path">The trial's event file; it may not be there yet.</param>
internal sealed class EventReader(string path)
{
    private const int LongestLine = 1024 * 1024;

    private long _position;
    private bool _skipping;

    /// <summary>The new events, in order; lines of other kinds are skipped.</summary>
    /// <param name="last">Whether nothing more will be written: a last line without its end is read as well, if it is whole.</param>
    internal IReadOnlyList<TrialEvent> ReadNew(bool last = false)
    {
        if (!File.Exists(path))
            return [];
        var events = new List<TrialEvent>();
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = ArrayPool<byte>.Shared.Rent(LongestLine);
        try
        {
            for (int length; (length = RandomAccess.Read(file, buffer, _position)) > 0;)
            {
                var taken = Take(buffer.AsSpan(0, length), events);
                if (taken == 0 && length == buffer.Length)
                    (taken, _skipping) = (length, true); // longer than any event: skipped to its end
                if (taken == 0)
                {
                    if (last && TrialEventJson.Read(buffer.AsSpan(0, length)) is { } value)
                        events.Add(value);
                    break;
                }

                _position += taken;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return events;
    }

    private int Take(ReadOnlySpan<byte> text, List<TrialEvent> events)
    {
        var taken = 0;
        for (int end; (end = text[taken..].IndexOf((byte)'\n')) >= 0; taken += end + 1)
        {
            if (!_skipping && TrialEventJson.Read(text.Slice(taken, end).TrimEnd((byte)'\r')) is { } value)
                events.Add(value);
            _skipping = false;
        }

        return taken;
    }
}
