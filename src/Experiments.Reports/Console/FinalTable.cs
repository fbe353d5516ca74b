using Experiments.Analysis.Text;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Console;

/// <summary>The final table for a terminal or a log.</summary>
internal static class FinalTable
{
    /// <summary>What is left out of a narrow window, the least first. What was measured and whether it passes stays.</summary>
    private static readonly string[] LeftOut = [ResultTable.FirstBatch, ResultTable.Trials, ResultTable.Wait, ResultTable.Change];

    public static TextTable Of(ResultTable content) => new()
    {
        Columns =
        [
            .. content.Headings.Select((heading, column) => new TextColumn(heading)
            {
                IsLeft = column < content.AxisColumns || column == content.Headings.Count - 1,
                IsSetting = column < content.AxisColumns,
                LeftOut = column < content.AxisColumns ? 0 : Array.IndexOf(LeftOut, heading) + 1,
            }),
        ],
        Rows = [.. content.Rows.Select(row => (IReadOnlyList<string>)[.. content.Cells(row), $"{VerdictMark.Of(row.Verdict)} {VerdictWords.Of(row.Verdict)}"])],
    };
}
