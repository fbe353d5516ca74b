using System.Text;

namespace Experiments.Training.Commands;

/// <summary>Writes as long as it can. A log on a full disk is cut off; the training goes on.</summary>
/// <param name="inner">Where to.</param>
internal sealed class UnfailingWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // nobody could read what is said about it either
        }
    }
}
