using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Pairs;

namespace Experiments.Reports.Console;

/// <summary>A comparison for people.</summary>
public static class ComparisonText
{
    /// <summary>A pair in one line, when it is settled.</summary>
    /// <param name="pair">The pair.</param>
    public static string LineOf(PairComparison pair) => pair.Blocks == 0
        ? $"{VisibleText.Of(pair.Configuration)}: {Words(pair.Verdict)}: {VisibleText.Of(pair.Note ?? "")}"
        : string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Of(pair.Configuration)}: {SeenOf(pair)}, {Words(pair.Verdict)}, {pair.MeasuredSeconds:0} s");

    /// <summary>The change and its interval.</summary>
    /// <param name="pair">The pair.</param>
    internal static string SeenOf(PairComparison pair) => pair.Blocks == 0 ? VisibleText.Of(pair.Note ?? "not measured") : $"{Change(pair.Change)} ({IntervalOf(pair)})";

    /// <summary>The interval of the change.</summary>
    /// <param name="pair">The pair.</param>
    internal static string IntervalOf(PairComparison pair) => $"{Change(pair.ChangeLow)} to {Change(pair.ChangeHigh)}";

    /// <summary>A change in percent.</summary>
    /// <param name="change">The change, a fraction.</param>
    internal static string Change(double change) => double.IsFinite(change) ? (100 * change).ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) + " %" : "?";

    /// <summary>Writes the table and the verdict: to a terminal as wide as that is, to a file or a pipe whole.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="output">Where it goes.</param>
    public static void Write(ComparisonReport report, TextWriter output)
    {
        foreach (var line in Lines(report, WindowWidth.Of(output)))
            output.WriteLine(line);
    }

    /// <summary>The table and the verdict as lines for a window.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="width">Its cells.</param>
    public static IEnumerable<string> Lines(ComparisonReport report, int width) =>
    [
        "",
        .. Sides(report, width),
        "",
        .. Table(report).Visible().Lines(width).Select(line => line.ToString()),
        .. report.Pairs.Where(pair => pair.Note is not null).SelectMany(pair => LineFolding.Fold($"  {VisibleText.Of(pair.Configuration)}: {VisibleText.Of(pair.Note!)}", width)),
        "",
        .. LineFolding.Fold($"Verdict: {VerdictOf(report)}", width),
    ];

    /// <summary>The verdict over all pairs, in words.</summary>
    /// <param name="report">The comparison.</param>
    public static string VerdictOf(ComparisonReport report)
    {
        var slower = report.Pairs.Where(pair => pair.Verdict == PairVerdict.Slower).ToArray();
        if (slower.Length > 0)
            return $"slower ({VisibleText.Of(string.Join(", ", slower.Select(pair => pair.Configuration)))})";
        if (report.Pairs.Any(pair => pair.Verdict == PairVerdict.NotMeasured))
            return "not measured";
        return report.Pairs.Any(pair => pair.Verdict == PairVerdict.Inconclusive) ? "inconclusive" : "not slower";
    }

    private static IEnumerable<string> Sides(ComparisonReport report, int width)
    {
        string[] sides = [$"Old: {Shown(report.Old)}", $"New: {Shown(report.New)}", $"Allowed: {Quantity.Percent(100 * report.Bound)} slower"];
        var line = string.Join("   ", sides);
        return CellWidth.Of(line) <= width ? [line] : sides.SelectMany(side => LineFolding.Fold(side, width));
    }

    private static TextTable Table(ComparisonReport report) => new()
    {
        Columns =
        [
            new("configuration") { IsLeft = true }, new("old, samples/s") { LeftOut = 3 }, new("new, samples/s") { LeftOut = 4 }, new("change"), new("interval"),
            new("CPU a sample") { LeftOut = 2 }, new("starts") { LeftOut = 1 }, new("seconds") { LeftOut = 1 }, new("verdict") { IsLeft = true },
        ],
        Rows = [.. report.Pairs.Select(Row)],
    };

    /// <summary>Configuration, old and new throughput, change, its interval, CPU, starts, seconds, verdict.</summary>
    internal static IReadOnlyList<string> Row(PairComparison pair) => pair.Blocks == 0
        ? [pair.Configuration, "–", "–", "–", "–", "–", "–", "–", Words(pair.Verdict)]
        :
        [
            pair.Configuration, Quantity.Rate(pair.OldSamplesPerSecond), Quantity.Rate(pair.NewSamplesPerSecond), Change(pair.Change), IntervalOf(pair),
            pair.CpuChange is { } cpu ? Change(cpu) : "–", pair.Starts.ToString(CultureInfo.InvariantCulture), pair.MeasuredSeconds.ToString("0", CultureInfo.InvariantCulture), Words(pair.Verdict),
        ];

    private static string Words(PairVerdict verdict) => verdict switch
    {
        PairVerdict.NotSlower => "✓ not slower",
        PairVerdict.Slower => "✗ slower",
        PairVerdict.NotMeasured => "✗ not measured",
        _ => "? inconclusive",
    };

    private static string Shown(string version) => VisibleText.Of(version is { Length: 40 } && version.All(char.IsAsciiHexDigit) ? CommitName.Short(version) : version);
}
