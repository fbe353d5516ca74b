namespace Experiments.Reports.Console;

/// <summary>
/// One line at the foot of a terminal that is written over: never wider than the window, so that it can be taken away whole before another line is
/// printed.
/// </summary>
/// <param name="writer">The terminal.</param>
/// <param name="width">Gives the cells of the window, which people resize.</param>
internal sealed class LiveLine(TextWriter writer, Func<int> width)
{
    private const int BarCells = 24;
    private const int LeastWithBar = 60;
    private const string BeginAndErase = "\r\u001b[2K";
    private bool isShown;

    /// <summary>Shows how far the sweep is.</summary>
    /// <param name="share">From 0 to 1.</param>
    /// <param name="text">What is beside the bar; cut where the window ends.</param>
    public void Show(double share, string text)
    {
        var room = width() - 1; // a line that fills the last cell wraps in some terminals
        var done = (int)Math.Round(Math.Clamp(share, 0, 1) * BarCells);
        var bar = room < LeastWithBar ? "" : $"{new string('━', done)}{new string('╌', BarCells - done)} ";
        writer.Write(BeginAndErase + CellWidth.Cut(bar + text.ReplaceLineEndings(" "), room));
        writer.Flush();
        isShown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (!isShown)
            return;
        writer.Write(BeginAndErase);
        writer.Flush();
        isShown = false;
    }
}
