using System.Text;

namespace Experiments.Shared;

/// <summary>Reads a part of a text file that others wrote, line by line: as much of it as is there at the beginning, and no more of a line than is sensible.</summary>
internal static class PlainLines
{
    /// <summary>Bytes of a line that are read.</summary>
    public const int Longest = 16 * 1024;

    private const int ChunkBytes = 64 * 1024;

    /// <summary>The lines of a file's first bytes; none when there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How many bytes.</param>
    /// <exception cref="IOException">It is no plain file, or it cannot be read.</exception>
    public static IEnumerable<string> First(string path, long mostBytes) => Read(path, length => (0, Math.Min(length, mostBytes)));

    /// <summary>The lines of a file's last bytes; none when there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mostBytes">How many bytes.</param>
    /// <exception cref="IOException">It is no plain file, or it cannot be read.</exception>
    public static IEnumerable<string> Last(string path, long mostBytes) => Read(path, length => (Math.Max(length - mostBytes, 0), length));

    private static IEnumerable<string> Read(string path, Func<long, (long From, long To)> part)
    {
        using var file = PlainFile.TryOpen(path);
        if (file is null)
            yield break;
        var (at, to) = part(file.Length);
        var cutter = new LineCutter(Longest);
        var buffer = new byte[ChunkBytes];
        var lines = new List<string>();
        while (at < to && RandomAccess.Read(file.SafeFileHandle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, to - at)), at) is > 0 and var read)
        {
            at += read;
            cutter.Add(buffer.AsSpan(0, read), line => lines.Add(Encoding.UTF8.GetString(line)));
            foreach (var line in lines)
                yield return line;
            lines.Clear();
        }

        cutter.End(line => lines.Add(Encoding.UTF8.GetString(line)));
        foreach (var line in lines)
            yield return line;
    }
}
