using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Results;
using Experiments.Reports.Console;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Files;

/// <summary>The comment on a pull request: a hidden marker, the verdict, what changed with the red first, the rest folded, and how to repeat it.</summary>
public static partial class CommentMarkdown
{
    /// <summary>A comment has fewer characters: GitHub refuses longer bodies.</summary>
    public const int TooManyCharacters = 65_536;

    private const int MostRows = 30;
    private const int MostReasons = 10;
    private const int LongestLine = 2_000;
    private static readonly int[] PairColumns = [0, 1, 2, 3, 4, 8];

    /// <summary>The first line, which no page shows and by which the comment is found again.</summary>
    /// <param name="experiment">The experiment's name.</param>
    public static string Marker(string experiment) => $"<!-- experiments:{VisibleText.Of(experiment).Replace(">", "&gt;", StringComparison.Ordinal)} -->";

    /// <summary>The comment.</summary>
    /// <param name="report">The report.</param>
    /// <param name="job">The page of the CI job that made it; null: there is none.</param>
    public static string Render(SweepReport report, Uri? job = null)
    {
        var end = Repeat(report) + (job is null ? "" : $"\n[The CI job]({job.AbsoluteUri}) has the whole report.\n");
        const string fold = "<details><summary>All configurations, advice and diagnostics</summary>\n\n";
        const string foldEnd = "\n</details>\n\n";
        var text = new StringBuilder();
        text.Append(Marker(report.Sweep.Experiment)).Append('\n');
        var room = TooManyCharacters - 1 - text.Length - fold.Length - foldEnd.Length - end.Length;
        room -= Append(text, SummaryMarkdown.Head(report) + Changes(report), room);
        text.Append(fold);
        Append(text, SummaryMarkdown.Body(report), room);
        return text.Append(foldEnd).Append(end).ToString();
    }

    /// <summary>As many whole lines as there is room for.</summary>
    /// <returns>The characters that were added.</returns>
    private static int Append(StringBuilder text, string lines, int room)
    {
        const string cut = "\nThe rest is in the sweep's summary.md.\n";
        var before = text.Length;
        room -= cut.Length;
        foreach (var line in lines.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > LongestLine || text.Length - before + line.Length + 1 > room)
                return text.Append(cut).Length - before;
            text.Append(line).Append('\n');
        }

        return text.Append('\n').Length - before;
    }

    private static string Changes(SweepReport report)
    {
        var text = new StringBuilder("### What changed\n\n");
        Pairs(text, report.Sweep.Pairs);
        var table = ResultTable.Of(report);
        var changed = report.Assessment.Configurations.Zip(table.Rows).Where(one => IsChanged(one.First))
            .OrderByDescending(one => one.First.Verdict).ThenBy(one => one.First.Throughput?.ChangePercent ?? 0).Select(one => one.Second).ToArray();
        if (changed.Length > 0)
            SummaryMarkdown.Table(text, table, changed.Take(MostRows));
        else if (report.Sweep.Pairs.Count == 0)
            text.Append("Nothing is red, and nothing changed by more than these repeats could miss.\n\n");
        if (changed.Length > MostRows)
            text.Append(CultureInfo.InvariantCulture, $"{changed.Length - MostRows} more are below.\n\n");
        var reasons = SweepFacts.Diagnostics(report).Where(one => one.Severity == DiagnosticSeverity.Error).ToArray();
        foreach (var reason in reasons.Take(MostReasons))
            text.Append(CultureInfo.InvariantCulture, $"- {SummaryMarkdown.Escape(reason.ToString())}\n");
        if (reasons.Length > MostReasons)
            text.Append(CultureInfo.InvariantCulture, $"- and {reasons.Length - MostReasons} more\n");
        return text.ToString();
    }

    private static bool IsChanged(ConfigurationVerdict one) =>
        one.Verdict != VerdictKind.Pass || (one.Throughput is { MinimumDetectablePercent: { } least } change && Math.Abs(change.ChangePercent) > least);

    /// <summary>Old code against new, the slower first.</summary>
    private static void Pairs(StringBuilder text, IReadOnlyList<PairComparison> pairs)
    {
        if (pairs.Count == 0)
            return;
        text.Append("| configuration | old, samples/s | new, samples/s | change | interval | verdict |\n| --- | ---: | ---: | ---: | ---: | --- |\n");
        foreach (var pair in pairs.OrderBy(one => one.Verdict == PairVerdict.NotSlower).ThenBy(one => one.Change).Take(MostRows))
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", PairColumns.Select(column => SummaryMarkdown.Escape(ComparisonText.Row(pair)[column])))} |\n");
        text.Append('\n');
    }

    private static string Repeat(SweepReport report)
    {
        var sweep = report.Sweep;
        var file = Word(sweep.DefinitionFile);
        var text = new StringBuilder("### Repeat it\n\n```sh\n");
        if (sweep.Commit is { } commit && Plain().IsMatch(commit))
            text.Append(CultureInfo.InvariantCulture, $"git checkout {CommitName.Short(commit)}{(sweep.Dirty == true ? " # there were uncommitted changes" : "")}\n");
        text.Append(CultureInfo.InvariantCulture, $"experiments run {file}{Filters(report.Assessment)}\n");
        if (sweep.Pairs.Select(pair => pair.Old).FirstOrDefault(old => old is not null && Plain().IsMatch(old)) is { } against)
            text.Append(CultureInfo.InvariantCulture, $"experiments compare {file} --against {CommitName.Short(against)}\n");
        return text.Append("```\n").ToString();
    }

    /// <summary>The values of what is red, where they are words that a shell leaves as they are.</summary>
    private static string Filters(Assessment assessment)
    {
        var red = assessment.Configurations.Where(one => one.Verdict != VerdictKind.Pass).Select(one => one.Configuration).ToArray();
        if (red.Length is 0 or > MostReasons)
            return "";
        var filters = red.SelectMany(one => one.Values).GroupBy(value => value.Key, value => value.Value.Text, StringComparer.Ordinal)
            .Select(axis => (Axis: axis.Key, Values: axis.Distinct(StringComparer.Ordinal).ToArray())).ToArray();
        return filters.All(one => Plain().IsMatch(one.Axis) && one.Values.All(value => Plain().IsMatch(value)))
            ? string.Concat(filters.Select(one => $" --filter {one.Axis}={string.Join(',', one.Values)}"))
            : "";
    }

    private static string Word(string file) => Plain().IsMatch(file) ? file : $"'{VisibleText.Of(file).Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_./:-]{1,200}\z")]
    private static partial Regex Plain();
}
