using System.Buffers.Text;

namespace Experiments.Engine.Telemetry;

/// <summary>Reads the kernel's files of <c>key value</c> lines, such as <c>memory.stat</c>.</summary>
internal static class FlatKeyed
{
    /// <summary>The value of a key, or 0.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="key">The key with the space after it.</param>
    internal static long Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        while (!text.IsEmpty)
        {
            if (text.StartsWith(key))
                return Utf8Parser.TryParse(text[key.Length..].TrimStart((byte)' '), out long value, out _) ? value : 0;
            var end = text.IndexOf((byte)'\n');
            if (end < 0)
                break;
            text = text[(end + 1)..];
        }

        return 0;
    }
}
