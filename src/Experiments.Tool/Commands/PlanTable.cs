using System.Globalization;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Plans;
using Spectre.Console.Rendering;

namespace Experiments.Tool.Commands;

/// <summary>The trials of a plan as a table, written row by row: a plan may have a million of them.</summary>
internal static class PlanTable
{
    private const string Gap = "   ";
    private const int MostBuffered = 32 * 1024;

    /// <summary>Writes it.</summary>
    public static void Write(Plan plan, TextWriter output)
    {
        string[] axes = [.. plan.Configurations.SelectMany(configuration => configuration.Values.Keys).Distinct(StringComparer.Ordinal)];
        string[] heading = ["#", "trial", "repeat", .. axes.Select(VisibleText.Of)];
        var widths = heading.Select(WidthOf).ToArray();
        foreach (var cells in Rows(plan, axes))
        {
            for (var column = 0; column < cells.Length; column++)
                widths[column] = Math.Max(widths[column], WidthOf(cells[column]));
        }

        var text = new StringBuilder();
        AppendRow(text, heading, widths);
        text.Append('─', widths.Sum() + (Gap.Length * (widths.Length - 1)) + 4).AppendLine();
        foreach (var cells in Rows(plan, axes))
        {
            AppendRow(text, cells, widths);
            if (text.Length < MostBuffered)
                continue;
            output.Write(text); // a console writes each piece at once
            text.Clear();
        }

        text.AppendLine().Append(CultureInfo.InvariantCulture, $"{plan.Experiment}: {Quantity.Count(plan.Configurations.Count, "configuration")}, {Quantity.Count(plan.Trials.Count, "trial")}, seed {plan.Seed}").AppendLine();
        output.Write(text);
    }

    private static IEnumerable<string[]> Rows(Plan plan, string[] axes) => plan.Trials.Select((trial, index) => (string[])
    [
        (index + 1).ToString(CultureInfo.InvariantCulture), trial.Id, trial.Repeat.ToString(CultureInfo.InvariantCulture),
        .. axes.Select(axis => trial.Configuration.Values.TryGetValue(axis, out var value) ? VisibleText.Of(value.Text) : ""),
    ]);

    private static void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        for (var column = 0; column < cells.Length; column++)
            text.Append(column == 0 ? "  " : Gap).Append(cells[column]).Append(' ', widths[column] - WidthOf(cells[column]));
        text.AppendLine();
    }

    /// <summary>Columns of a terminal that the text takes.</summary>
    private static int WidthOf(string text) => Ascii.IsValid(text) ? text.Length : new Segment(text).CellCount();
}
