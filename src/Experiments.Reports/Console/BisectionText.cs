using System.Globalization;
using Experiments.Analysis.Pairs;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Pairs;

namespace Experiments.Reports.Console;

/// <summary>The search for a commit, for people.</summary>
public static class BisectionText
{
    private const double Shown = 0.005; // a chance that is not 0 %

    /// <summary>What the latest pair told, in one line.</summary>
    /// <param name="report">The search.</param>
    public static string ProgressOf(BisectionReport report)
    {
        var (first, last) = report.Effect is { Blocks: > 0 } effect ? new Bisection(effect, report.Commits).Range() : (0, report.Commits.Count - 1);
        var left = Quantity.Count(last - first + 1, "commit");
        return report switch
        {
            { Effect: null } => $"{left} between {CommitName.Short(report.Good)} and {CommitName.Short(report.Bad)}",
            { Confirmation: not null } => $"against its parent: {ComparisonText.SeenOf(report.Confirmation)}",
            _ when report.Commits.All(commit => commit.Probes.Count == 0) => $"{CommitName.Short(report.Bad)} against {CommitName.Short(report.Good)}: {ComparisonText.SeenOf(report.Effect)}; {left} to look at",
            _ when last == first => $"left: {LineOf(report.Commits[first])}",
            _ => $"left: {left}, from {CommitName.Short(report.Commits[first].Commit)} to {CommitName.Short(report.Commits[last].Commit)}",
        };
    }

    /// <summary>Writes the commits and the verdict: to a terminal as wide as that is, to a file or a pipe whole.</summary>
    /// <param name="report">The search.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(BisectionReport report, TextWriter output)
    {
        foreach (var line in Lines(report, WindowWidth.Of(output)))
            output.WriteLine(line);
    }

    /// <summary>The commits and the verdict as lines for a window.</summary>
    /// <param name="report">The search.</param>
    /// <param name="width">Its cells.</param>
    public static IEnumerable<string> Lines(BisectionReport report, int width) =>
    [
        "",
        .. LineFolding.Fold($"Good: {CommitName.Short(report.Good)}   Bad: {CommitName.Short(report.Bad)}   At: {VisibleText.Of(report.Configuration)}", width),
        "",
        .. Table(report).Visible().Lines(width).Select(line => line.ToString()),
        .. report.Commits.Where(commit => commit.Probes is [.., { Verdict: PairVerdict.NotMeasured }])
            .SelectMany(commit => LineFolding.Fold($"  {CommitName.Short(commit.Commit)} was not measured: {VisibleText.Of(commit.Probes[^1].Note ?? "")}", width)),
        "",
        .. LineFolding.Fold($"Verdict: {VerdictOf(report)}", width),
    ];

    /// <summary>The verdict in words.</summary>
    /// <param name="report">The search.</param>
    public static string VerdictOf(BisectionReport report)
    {
        var search = report.Effect is { Blocks: > 0 } effect ? new Bisection(effect, report.Commits) : null;
        var note = report.Note is { } more ? $" ({VisibleText.Of(more)})" : "";
        switch (report.Verdict)
        {
            case BisectionVerdict.Found:
                return $"{LineOf(report.Commits[search!.Likeliest])}: {ComparisonText.SeenOf(report.Confirmation!)} against its parent";
            case BisectionVerdict.NotSlower:
                return $"nothing became slower: {ComparisonText.SeenOf(report.Effect!)}";
            case BisectionVerdict.NotMeasured:
                return "not measured" + note;
            case var _ when search is null || report.Effect!.Verdict != PairVerdict.Slower:
                return "inconclusive" + note;
            default:
                var (first, last) = search.Range();
                return first == last ? $"inconclusive, likely {LineOf(report.Commits[first])}{note}"
                    : $"inconclusive, {Quantity.Count(last - first + 1, "commit")} left, from {CommitName.Short(report.Commits[first].Commit)} to {CommitName.Short(report.Commits[last].Commit)}{note}";
        }
    }

    private static TextTable Table(BisectionReport report) => new()
    {
        Columns =
        [
            new("commit") { IsLeft = true, IsSetting = true }, new("chance"), new("against the good one") { LeftOut = 2 }, new("interval") { LeftOut = 1 }, new("subject") { IsLeft = true },
        ],
        Rows = [.. report.Commits.Where((commit, at) => commit.Probes.Count > 0 || commit.Probability >= Shown || at == report.Commits.Count - 1).Select(commit => Row(commit, report))],
    };

    private static IReadOnlyList<string> Row(BisectedCommit commit, BisectionReport report)
    {
        var seen = commit.Probes.LastOrDefault(probe => probe.Blocks > 0) ?? (commit.Commit == report.Bad ? report.Effect : null);
        return
        [
            CommitName.Short(commit.Commit), (100 * commit.Probability).ToString("0", CultureInfo.InvariantCulture) + " %", seen is null ? "–" : ComparisonText.Change(seen.Change),
            seen is null ? "–" : ComparisonText.IntervalOf(seen), VisibleText.Of(commit.Subject),
        ];
    }

    private static string LineOf(BisectedCommit commit) => $"{CommitName.Short(commit.Commit)} \"{VisibleText.Of(commit.Subject)}\" by {VisibleText.Of(commit.Author)}";
}
