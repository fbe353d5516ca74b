namespace Experiments.Reports.Console;

/// <summary>A line of a table.</summary>
/// <param name="Text">All but the last cell.</param>
/// <param name="Last">The last cell, which may be coloured; empty where the line has none.</param>
/// <param name="Row">The row that the line is of; -1 for headings and notes.</param>
public sealed record TableLine(string Text, string Last = "", int Row = -1)
{
    /// <summary>The line as it is read.</summary>
    public override string ToString() => Text + Last;
}
