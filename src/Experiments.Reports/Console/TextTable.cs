using Experiments.Core;

namespace Experiments.Reports.Console;

/// <summary>
/// A table that fits its window. Where it is too wide, columns of one value go into a line above it, then those that matter least are left out;
/// where that is not enough, each row becomes a few lines.
/// </summary>
public sealed record TextTable
{
    private const string Margin = "  ";
    private const string Gap = "   ";

    /// <summary>The columns; the last is never left out.</summary>
    public required IReadOnlyList<TextColumn> Columns { get; init; }

    /// <summary>The rows: a cell for each column.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>The lines for a window.</summary>
    /// <param name="width">Its cells.</param>
    public IReadOnlyList<TableLine> Lines(int width)
    {
        List<int> shown = [.. Enumerable.Range(0, Columns.Count)];
        if (WidthOf(shown) <= width)
            return Table(shown);
        List<int> same = [.. shown.SkipLast(1).Where(column => Rows.Count > 1 && Rows.All(row => row[column] == Rows[0][column]))];
        shown.RemoveAll(same.Contains);
        var left = new List<int>();
        while (WidthOf(shown) > width && shown.Where(column => Columns[column].LeftOut > 0).OrderBy(column => Columns[column].LeftOut).Select(column => (int?)column).FirstOrDefault() is { } least)
        {
            shown.Remove(least);
            left.Add(least);
        }

        var isTable = WidthOf(shown) <= width;
        if (!isTable)
            left.Clear(); // a row of several lines has room for all
        var notes = new[]
        {
            same.Count == 0 ? "" : $"The same for all: {string.Join(", ", same.Select(column => Said(column, Rows[0])))}",
            left.Count == 0 ? "" : $"Left out of this narrow window: {string.Join(", ", left.Order().Select(column => Columns[column].Heading))}",
        }.Where(note => note.Length > 0).SelectMany(note => LineFolding.Fold(note, width)).Select(note => new TableLine(note));
        return [.. notes, .. isTable ? Table(shown) : Rows.Index().SelectMany(row => Stacked(row.Index, row.Item, [.. Enumerable.Range(0, Columns.Count).Except(same)], width))];
    }

    /// <summary>Whether a window has room for a line a row, with columns left out or not.</summary>
    /// <param name="width">Its cells.</param>
    public bool Fits(int width) => Lines(width).Count(line => line.Row >= 0) == Rows.Count;

    /// <summary>Writes the table: to a terminal as wide as that is, to a file or a pipe whole.</summary>
    /// <param name="output">Where to.</param>
    public void WriteTo(TextWriter output)
    {
        foreach (var line in Visible().Lines(WindowWidth.Of(output)))
            output.WriteLine(line);
    }

    /// <summary>The table with what a terminal obeys written out.</summary>
    public TextTable Visible() => this with
    {
        Columns = [.. Columns.Select(column => column with { Heading = VisibleText.Of(column.Heading) })],
        Rows = [.. Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(VisibleText.Of)])],
    };

    private int WidthOf(List<int> shown) => Margin.Length + shown.Sum(column => WidthOf(column)) + (Gap.Length * (shown.Count - 1));

    private int WidthOf(int column) => Rows.Select(row => CellWidth.Of(row[column])).Append(CellWidth.Of(Columns[column].Heading)).Max();

    private IReadOnlyList<TableLine> Table(List<int> shown)
    {
        var widths = shown.ToDictionary(column => column, WidthOf);
        return
        [
            new TableLine(Line([.. Columns.Select(column => column.Heading)]).TrimEnd() + Gap, Columns[^1].Heading),
            new TableLine(new string('─', WidthOf(shown))),
            .. Rows.Select((row, index) => new TableLine(Line(row), row[^1], index)),
        ];

        string Line(IReadOnlyList<string> cells) => Margin + string.Concat(shown.SkipLast(1).Select(column => Padded(cells[column], widths[column], Columns[column].IsLeft) + Gap));
    }

    private IEnumerable<TableLine> Stacked(int index, IReadOnlyList<string> row, int[] shown, int width)
    {
        // What a row is of: its settings, with a mark before them; where there are none, its first cell.
        int[] names = [.. shown.SkipLast(1).Where(column => Columns[column].IsSetting || Columns[column].Heading.Length == 0)];
        if (names.Length == 0)
            names = [shown[0]];
        var name = string.Join(' ', names.Where(column => row[column].Length > 0).Select(column => Columns[column].IsSetting ? Said(column, row) : row[column]));
        var figures = string.Join(", ", shown.SkipLast(1).Except(names).Where(column => row[column].Length > 0).Select(column => Said(column, row)));
        foreach (var line in LineFolding.Fold(name, width))
            yield return new TableLine(line, "", index);
        foreach (var line in LineFolding.Fold(Margin + figures, width))
            yield return new TableLine(line, "", index);
        if (row[^1].Length == 0)
            yield break;
        if (CellWidth.Of(Margin + row[^1]) <= width)
            yield return new TableLine(Margin, row[^1], index);
        else
            foreach (var line in LineFolding.Fold(Margin + row[^1], width))
                yield return new TableLine(line, "", index);
    }

    private string Said(int column, IReadOnlyList<string> row) => $"{Columns[column].Heading.Replace(",", "", StringComparison.Ordinal)}{(Columns[column].IsSetting ? "=" : " ")}{row[column]}";

    private static string Padded(string text, int width, bool isLeft)
    {
        var padding = new string(' ', Math.Max(0, width - CellWidth.Of(text)));
        return isLeft ? text + padding : padding + text;
    }
}
