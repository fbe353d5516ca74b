namespace Experiments.Shared;

/// <summary>Cuts bytes, as they come, into lines, in bounded memory. A carriage return ends a line as well as a line feed.</summary>
/// <param name="longest">Bytes of a line that are kept; the rest of a longer line is dropped.</param>
internal sealed class LineCutter(int longest)
{
    private byte[] _begun = [];
    private int _length;

    /// <summary>Takes further bytes, and gives the lines that end in them.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="take">Is given each line without its end; empty ones too.</param>
    public void Add(ReadOnlySpan<byte> text, Action<ReadOnlySpan<byte>> take)
    {
        for (int end; (end = text.IndexOfAny((byte)'\n', (byte)'\r')) >= 0; text = text[(end + 1)..])
        {
            if (_length == 0)
            {
                take(text[..Math.Min(end, longest)]);
            }
            else
            {
                Keep(text[..end]);
                End(take);
            }
        }

        Keep(text);
    }

    /// <summary>Gives a last line that has no end.</summary>
    /// <param name="take">Is given the line, if there is one.</param>
    public void End(Action<ReadOnlySpan<byte>> take)
    {
        if (_length > 0)
            take(_begun.AsSpan(0, _length));
        _length = 0;
    }

    private void Keep(ReadOnlySpan<byte> text)
    {
        var kept = text[..Math.Min(text.Length, longest - _length)];
        if (_length + kept.Length > _begun.Length)
            Array.Resize(ref _begun, Math.Min(longest, Math.Max(2 * _begun.Length, _length + kept.Length)));
        kept.CopyTo(_begun.AsSpan(_length));
        _length += kept.Length;
    }
}
