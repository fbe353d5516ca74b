using Spectre.Console;

namespace Experiments.Reports.Console;

/// <summary>How wide the window is that a writer writes to.</summary>
public static class WindowWidth
{
    /// <summary>The cells of a terminal. A file or a pipe breaks no line: of them more than any line has.</summary>
    /// <param name="output">The writer.</param>
    public static int Of(TextWriter output)
    {
        var place = new AnsiConsoleOutput(output);
        return place.IsTerminal ? place.Width : int.MaxValue;
    }
}
