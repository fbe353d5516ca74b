using System.Text;
using System.Text.Json;
using Experiments.Shared;

namespace Experiments.PyTorch.Record;

/// <summary>Reads the events of a trial as far as the probe wrote them; unknown events and fields are skipped.</summary>
public static class ProbeRecordReader
{
    private const int LongestLine = 1024 * 1024;
    private const int PartBytes = 256 * 1024;

    /// <summary>Reads the lines of an events file.</summary>
    /// <param name="lines">JSON lines; a torn one is counted and skipped.</param>
    public static ProbeRecord Read(IEnumerable<string> lines)
    {
        var builder = new ProbeRecordBuilder();
        foreach (var line in lines)
            Add(builder, Encoding.UTF8.GetBytes(line));
        return builder.Build();
    }

    /// <summary>Reads an events file; a file that is not there is the record of a probe that wrote nothing.</summary>
    /// <param name="file">The events file.</param>
    /// <exception cref="IOException">The file is there but cannot be read, or is no plain file.</exception>
    public static ProbeRecord ReadFile(string file)
    {
        using var events = PlainFile.TryOpen(file);
        if (events is null)
            return ProbeRecord.None;
        var builder = new ProbeRecordBuilder();
        var lines = new LineCutter(LongestLine);
        var part = new byte[PartBytes];
        for (int read; (read = events.Read(part)) > 0;)
            lines.Add(part.AsSpan(0, read), line => Add(builder, line));
        lines.End(line => Add(builder, line));
        return builder.Build();
    }

    private static void Add(ProbeRecordBuilder builder, ReadOnlySpan<byte> line)
    {
        if (line.Trim(" \t"u8).IsEmpty)
            return;
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            reader.Read(); // throws when the line goes on: two that were torn into one
            builder.Add(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            builder.CountUnreadable();
        }
    }
}
