using Experiments.Core.Events;
using Experiments.Shared;

namespace Experiments.Engine.Measurements;

/// <summary>Reads the event lines that a trial appended since the last time, a bounded part at once. A line without its end waits for the rest.</summary>
/// <param name="path">The trial's event file; it may not be there yet.</param>
internal sealed class EventReader(string path)
{
    private const int LongestLine = 1024 * 1024;
    private const int PartBytes = 256 * 1024;

    private readonly LineCutter _lines = new(LongestLine);
    private readonly byte[] _part = new byte[PartBytes];

    /// <summary>Bytes read so far.</summary>
    internal long Position { get; private set; }

    /// <summary>Bytes of the file, as last seen.</summary>
    internal long Length { get; private set; }

    /// <summary>Whether the last reading ended before the end of the file.</summary>
    internal bool HasMore => Position < Length;

    /// <summary>The events of the next part of the file, in order; lines of other kinds are skipped.</summary>
    /// <param name="last">Whether nothing more will be written: a last line without its end is read as well, if it is whole.</param>
    /// <exception cref="IOException">The file is no plain file, or it cannot be read.</exception>
    internal IReadOnlyList<TrialEvent> ReadNew(bool last = false)
    {
        using var file = PlainFile.TryOpen(path);
        if (file is null)
            return [];
        var events = new List<TrialEvent>();
        var read = RandomAccess.Read(file.SafeFileHandle, _part, Position);
        Position += read;
        Length = read == 0 ? Position : file.Length;
        _lines.Add(_part.AsSpan(0, read), Take);
        if (last && !HasMore)
            _lines.End(Take);
        return events;

        void Take(ReadOnlySpan<byte> line)
        {
            if (TrialEventJson.Read(line) is { } value)
                events.Add(value);
        }
    }
}
