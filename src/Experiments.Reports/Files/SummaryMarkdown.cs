using System.Globalization;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Files;

/// <summary><c>summary.md</c>: what a CI job's page and the parent run's note in MLflow show.</summary>
public static class SummaryMarkdown
{
    /// <summary>The summary.</summary>
    /// <param name="report">The report.</param>
    public static string Render(SweepReport report) => Head(report) + Body(report);

    /// <summary>The verdict, and what was measured where.</summary>
    internal static string Head(SweepReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {Escape(report.Sweep.Experiment)}: {VerdictMark.Of(report.Assessment.Verdict)} {VerdictWords.Of(report.Assessment)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{SweepFacts.Size(report.Sweep)} on {Escape(Machine(report.Sweep.Machine))}");
        if (report.Sweep.Commit is { } commit)
            text.Append(CultureInfo.InvariantCulture, $", commit `{CommitName.Short(commit)}`");
        return text.Append(CultureInfo.InvariantCulture, $". Sweep `{report.Sweep.SweepId}`.\n\n").ToString();
    }

    /// <summary>Advice, all configurations and all diagnostics.</summary>
    internal static string Body(SweepReport report)
    {
        var text = new StringBuilder();
        var table = ResultTable.Of(report);
        Advice(text, report);
        text.Append("### Configurations\n\n");
        Table(text, table, table.Rows);
        Problems(text, report);
        return text.ToString();
    }

    /// <summary>One summary of several experiments: a table of their verdicts, then the summary of each.</summary>
    /// <param name="reports">Those that have a report.</param>
    /// <param name="others">The names of the others, and what became of them.</param>
    public static string Render(IReadOnlyList<SweepReport> reports, IEnumerable<(string Experiment, string Outcome)> others)
    {
        var text = new StringBuilder("| experiment | outcome |\n| --- | --- |\n");
        foreach (var report in reports)
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(report.Sweep.Experiment)} | {VerdictMark.Of(report.Assessment.Verdict)} {VerdictWords.Of(report.Assessment)} |\n");
        foreach (var (experiment, outcome) in others)
            text.Append(CultureInfo.InvariantCulture, $"| {Escape(experiment)} | {VerdictMark.Of(VerdictKind.NotMeasured)} {Escape(outcome)} |\n");
        return text.Append('\n').AppendJoin("\n", reports.Select(Render)).ToString();
    }

    /// <summary>The table of some of the configurations.</summary>
    internal static void Table(StringBuilder text, ResultTable table, IEnumerable<ConfigurationRow> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Headings.Select(Escape))} |\n|");
        for (var column = 0; column < table.Headings.Count; column++)
            text.Append(column < table.AxisColumns || column == table.Headings.Count - 1 ? " --- |" : " ---: |");
        text.Append('\n');
        foreach (var row in rows)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", table.Cells(row).Select(Escape))} | {VerdictMark.Of(row.Verdict)} {VerdictWords.Of(row.Verdict)} |\n");
        text.Append('\n');
    }

    private static void Advice(StringBuilder text, SweepReport report)
    {
        if (report.Assessment.Advice.Count == 0)
            return;
        text.Append("### Advice\n\n");
        foreach (var advice in report.Assessment.Advice)
        {
            text.Append(CultureInfo.InvariantCulture, $"- **{Escape(SweepFacts.Recommendation(advice))}**\n");
            foreach (var reason in advice.Reasons)
                text.Append(CultureInfo.InvariantCulture, $"  - {Escape(reason)}\n");
        }

        text.Append('\n');
    }

    private static void Problems(StringBuilder text, SweepReport report)
    {
        var diagnostics = SweepFacts.Diagnostics(report);
        if (diagnostics.Count == 0)
            return;
        text.Append("### Diagnostics\n\n");
        foreach (var diagnostic in diagnostics)
            text.Append(CultureInfo.InvariantCulture, $"- {Escape(diagnostic.ToString())}\n");
        text.Append('\n');
    }

    private static string Machine(MachineFingerprint machine) => string.Create(
        CultureInfo.InvariantCulture,
        $"{machine.Cpu} ({machine.Cores:0.##} cores, {Quantity.Bytes(machine.MemoryBytes)}), GPU {machine.Gpu}");

    /// <summary>Text that Markdown and the HTML within it take literally; invisible characters are written out.</summary>
    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        text = VisibleText.Of(text.ReplaceLineEndings(" "));
        for (var i = 0; i < text.Length; i++)
            escaped.Append(text[i] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '|' or '*' or '`' or '[' or ']' or '\\' => $"\\{text[i]}",
                '_' when i == 0 || i == text.Length - 1 || !char.IsLetterOrDigit(text[i - 1]) || !char.IsLetterOrDigit(text[i + 1]) => "\\_",
                _ => text[i].ToString(),
            });
        return escaped.ToString();
    }
}
