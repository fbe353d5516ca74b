using System.Globalization;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Pages;

/// <summary>The first page: how all experiments stand this morning.</summary>
internal static class IndexPage
{
    /// <summary>The page; it has no scripts.</summary>
    /// <param name="experiments">The experiments, in the order in which they are shown.</param>
    public static string Render(IReadOnlyList<ExperimentOverview> experiments)
    {
        var page = new StringBuilder("<h1>Experiments</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Summary(experiments)}</p>\n<ul class=\"cards\">\n");
        foreach (var experiment in experiments)
            Card(page, experiment);
        return PageShell.Render("Experiments", page.Append("</ul>\n").ToString(), []);
    }

    private static string Summary(IReadOnlyList<ExperimentOverview> experiments)
    {
        var verdicts = experiments.GroupBy(one => one.Latest is not { } night ? "not run yet" : night.Verdict is { } verdict ? VerdictWords.Of(verdict) : "without a verdict").OrderByDescending(group => group.Count());
        return $"{Quantity.Count(experiments.Count, "experiment")}: {string.Join(", ", verdicts.Select(group => $"{group.Count().ToString(CultureInfo.InvariantCulture)} {group.Key}"))}";
    }

    private static void Card(StringBuilder page, ExperimentOverview experiment)
    {
        page.Append("<li>\n<h2>");
        if (experiment.Latest is null)
        {
            page.Append(CultureInfo.InvariantCulture, $"{PageShell.Escape(experiment.Name)}</h2>\n<p class=\"soft\">no finished sweep yet · {PageShell.Escape(experiment.DefinitionFile)}</p>\n</li>\n");
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"<a href=\"{PageShell.Escape(PagePaths.Link(experiment.Name))}\">{PageShell.Escape(experiment.Name)}</a> {PageShell.Verdict(experiment.Latest.Verdict)}</h2>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">last night {PageShell.Time(experiment.Latest.At)} · {Quantity.Count(experiment.Nights, "night")} · {PageShell.Escape(experiment.DefinitionFile)}</p>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"strip\" role=\"img\" aria-label=\"{PageShell.Escape(Verdicts(experiment))}\">");
        foreach (var night in experiment.Recent)
            page.Append(CultureInfo.InvariantCulture, $"<i class=\"{(night.Verdict is { } verdict ? VerdictMark.Color(verdict) : "soft")}\" title=\"{PageShell.Time(night.At)} {(night.Verdict is { } of ? VerdictWords.Of(of) : "")}\"></i>");
        page.Append("</p>\n<ul class=\"lines\">\n");
        foreach (var line in experiment.Lines)
            page.Append(CultureInfo.InvariantCulture, $"<li><span>{PageShell.Escape(line.Text)}</span>{Sparkline.Render(line.Throughput, "throughput of the last " + Quantity.Count(line.Throughput.Count, "night"))}</li>\n");
        page.Append("</ul>\n</li>\n");
    }

    private static string Verdicts(ExperimentOverview experiment) => "last nights: " + string.Join(", ", experiment.Recent
        .GroupBy(night => night.Verdict is { } verdict ? VerdictWords.Of(verdict) : "not kept").Select(group => $"{group.Count().ToString(CultureInfo.InvariantCulture)} {group.Key}"));
}
