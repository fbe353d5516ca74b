using System.Globalization;
using System.Net;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Html;

/// <summary><c>report.html</c>: one page without scripts and without anything to load.</summary>
public static class HtmlReport
{
    internal const string Style = """
        :root{color-scheme:light dark;--ink:#1f2328;--paper:#fff;--line:#d0d7de;--soft:#656d76;--green:#1a7f37;--red:#cf222e;--yellow:#9a6700;--blue:#0969da;--fuchsia:#8250df}
        @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--soft:#8d96a0;--green:#3fb950;--red:#f85149;--yellow:#d29922;--blue:#4493f8;--fuchsia:#ab7df8}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:70rem;margin:2rem auto;padding:0 1rem}
        table{border-collapse:collapse}th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        th.axis,td.axis,td.verdict,th.verdict{text-align:left}.scroll{overflow-x:auto}.soft{color:var(--soft)}code{font-size:.9em;overflow-wrap:anywhere}
        .green{color:var(--green)}.red{color:var(--red)}.yellow{color:var(--yellow)}.blue{color:var(--blue)}.fuchsia{color:var(--fuchsia)}
        svg{max-width:100%;height:auto;margin:.5rem 1rem .5rem 0}svg text{fill:var(--ink);font:12px system-ui,sans-serif}svg .grid{stroke:var(--line)}
        a{color:inherit;text-decoration-color:var(--soft)}details{border-bottom:1px solid var(--line);padding:.3rem 0}summary{cursor:pointer}
        img{display:block;max-width:100%;height:auto;margin:.5rem 0;border-radius:6px}@media(prefers-color-scheme:dark){img{filter:invert(.93) hue-rotate(180deg)}}
        """;

    /// <summary>The page.</summary>
    /// <param name="report">The report.</param>
    public static string Render(SweepReport report) => Render(report, []);

    /// <summary>The page with pictures in it.</summary>
    /// <param name="report">The report.</param>
    /// <param name="pictures">Memory over time, at most one a configuration.</param>
    internal static string Render(SweepReport report, IReadOnlyList<EmbeddedPicture> pictures)
    {
        var page = new StringBuilder();
        var title = $"{report.Sweep.Experiment}: {VerdictWords.Of(report.Assessment.Verdict)}";
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>{Escape(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Escape(report.Sweep.Experiment)}: {Verdict(report.Assessment.Verdict)}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Escape(SweepFacts.Size(report.Sweep))} · {Escape(report.Sweep.Machine.Cpu)} · GPU {Escape(report.Sweep.Machine.Gpu)} · {Escape(report.Sweep.DefinitionFile)} · sweep {Escape(report.Sweep.SweepId)}");
        if (report.Sweep.Commit is { } commit)
            page.Append(CultureInfo.InvariantCulture, $" · commit <code>{Escape(commit)}</code>");
        page.Append("</p>\n");
        Advice(page, report);
        foreach (var chart in SweepCharts.Of(report).SelectMany(dataset => dataset.Charts))
            page.Append(LineChart.Render(chart));
        Table(page, report, [.. pictures.Select(picture => picture.ConfigurationId)]);
        page.Append(MemorySection.Render(report, pictures));
        Problems(page, report);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Advice(StringBuilder page, SweepReport report)
    {
        page.Append("<h2>Advice</h2>\n<ul>\n");
        foreach (var advice in report.Assessment.Advice)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li><strong>{Escape(SweepFacts.Recommendation(advice))}</strong><ul>\n");
            foreach (var reason in advice.Reasons)
                page.Append(CultureInfo.InvariantCulture, $"<li>{Escape(reason)}</li>\n");
            page.Append("</ul></li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void Table(StringBuilder page, SweepReport report, HashSet<string> pictured)
    {
        var table = ResultTable.Of(report);
        page.Append("<h2>Configurations</h2>\n<div class=\"scroll\"><table>\n<thead><tr>");
        for (var column = 0; column < table.Headings.Count; column++)
            page.Append(CultureInfo.InvariantCulture, $"<th{(column < table.AxisColumns ? " class=\"axis\"" : column == table.Headings.Count - 1 ? " class=\"verdict\"" : "")}>{Escape(table.Headings[column])}</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var (row, id) in table.Rows.Zip(report.Assessment.Configurations, (row, one) => (row, one.Configuration.Id)))
        {
            page.Append("<tr>");
            foreach (var (cell, column) in table.Cells(row).Select((cell, column) => (cell, column)))
            {
                var isLink = table.Headings[column] == ResultTable.PeakMemory && cell != ConfigurationRow.Nothing && pictured.Contains(id);
                var text = isLink ? $"<a href=\"#{Escape(MemorySection.Anchor(id))}\">{Escape(cell)}</a>" : Escape(cell);
                page.Append(CultureInfo.InvariantCulture, $"<td{(column < table.AxisColumns ? " class=\"axis\"" : "")}>{text}</td>");
            }

            page.Append(CultureInfo.InvariantCulture, $"<td class=\"verdict\">{Verdict(row.Verdict)}</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static void Problems(StringBuilder page, SweepReport report)
    {
        var diagnostics = SweepFacts.Diagnostics(report);
        if (diagnostics.Count == 0)
            return;
        page.Append("<h2>Diagnostics</h2>\n<ul>\n");
        foreach (var diagnostic in diagnostics)
            page.Append(CultureInfo.InvariantCulture, $"<li><code>{Escape(diagnostic.ToString())}</code></li>\n");
        page.Append("</ul>\n");
    }

    private static string Verdict(VerdictKind verdict) => $"<span class=\"{VerdictMark.Color(verdict)}\">{VerdictMark.Of(verdict)} {VerdictWords.Of(verdict)}</span>";

    private static string Escape(string text) => WebUtility.HtmlEncode(VisibleText.Of(text));
}
