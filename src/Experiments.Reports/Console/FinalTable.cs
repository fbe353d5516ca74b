using Experiments.Analysis.Text;
using Experiments.Reports.Tables;
using Spectre.Console;

namespace Experiments.Reports.Console;

/// <summary>The final table for a terminal or a log.</summary>
internal static class FinalTable
{
    public static Table Of(ResultTable content)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        for (var column = 0; column < content.Headings.Count; column++)
        {
            var left = column < content.AxisColumns || column == content.Headings.Count - 1;
            table.AddColumn(new TableColumn(Markup.Escape(content.Headings[column])) { Alignment = left ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (var row in content.Rows)
            table.AddRow([
                .. content.Cells(row).Select(Markup.Escape),
                $"[{VerdictMark.Color(row.Verdict)}]{VerdictMark.Of(row.Verdict)} {VerdictWords.Of(row.Verdict)}[/]"]);
        return table;
    }
}
