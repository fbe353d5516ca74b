using System.Text;

namespace Experiments.Tool.Running;

/// <summary>
/// Standard output or standard error on a full disk, or whose reader is gone: what cannot be printed ends no sweep. The first fault is kept for the end.
/// </summary>
/// <param name="inner">Prints.</param>
internal sealed class LastingWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <summary>Why something could not be printed; null: all was.</summary>
    public Exception? Fault { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) // the latter where standard output is closed, or was opened for reading
        {
            Fault ??= fault;
        }
    }
}
