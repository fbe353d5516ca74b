using System.Buffers.Text;

namespace Experiments.Processes.Kernel;

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

    /// <summary>A counter of a group's file; 0 where the group is gone: once it is empty, the watchdog of a sweep that was killed may remove it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="key">The key with its space.</param>
    internal static long CountOf(KernelFile file, ReadOnlySpan<byte> key)
    {
        try
        {
            return Value(file.Read(), key);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
