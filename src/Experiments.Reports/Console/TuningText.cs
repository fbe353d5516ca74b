using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Pairs;
using Experiments.Core.Results;
using Experiments.Core.Tuning;

namespace Experiments.Reports.Console;

/// <summary>The answer of a tuning for people: the table, what it says, and the line to paste.</summary>
public sealed record TuningText
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The answer.</summary>
    public required TuningReport Report { get; init; }

    /// <summary>The file that was tuned.</summary>
    public required string File { get; init; }

    /// <summary>Why it was measured by whole epochs; null where it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whole trials of the winner and of the script's own setting; null where there were none.</summary>
    public SweepReport? Confirmation { get; init; }

    /// <summary>The lines for a window.</summary>
    /// <param name="width">Its cells.</param>
    public IEnumerable<string> Lines(int width) =>
    [
        "", .. Table(width), "",
        .. Sentences().SelectMany(sentence => LineFolding.Fold(VisibleText.Of(sentence), width)),
    ];

    /// <summary>The table, and under it why settings were given up where a row has no room for it.</summary>
    private IEnumerable<string> Table(int width)
    {
        var whole = TuningTable.Of(Report).Visible();
        if (whole.Fits(width))
            return whole.Lines(width).Select(line => line.ToString());
        var reasons = Report.Rows.Where(row => row.GivenUp is not null).SelectMany(row => LineFolding.Fold(VisibleText.Of($"✗ {row.Setting}: {row.GivenUp}"), width));
        return [.. TuningTable.Of(Report, hasReasons: false).Visible().Lines(width).Select(line => line.ToString()), .. reasons];
    }

    private IEnumerable<string> Sentences()
    {
        if (Reason is not null)
            yield return $"Measured by whole epochs: {Reason}";
        if (Report.Ceiling is { } ceiling)
            yield return Text($"Ceiling: {ceiling:0.#} samples/s if batches cost nothing ({(Report.IsCeilingMeasured ? "measured" : "computed from the wait")})");
        foreach (var sentence in Report.Reasons)
            yield return sentence;
        if (Report.Chosen is not { } chosen)
            yield break;
        yield return $"Your setting: {Report.Own}";
        yield return $"Recommended:  {chosen}";
        if (Report.Pair is { } pair)
            yield return Pair(pair);
        foreach (var line in Confirmed())
            yield return line;
        yield return $"Paste: DataLoader(…, {string.Join(", ", Arguments(chosen))})";
        yield return Text($"It took {Report.Seconds:0} s of one run of {Path.GetFileName(File)}.");
    }

    private static string Pair(PairComparison pair) => pair.Blocks == 0 || !double.IsFinite(pair.ChangeHigh)
        ? $"Side by side: {pair.Note ?? "too little was measured"}"
        : Text($"Side by side: {pair.Configuration}: × {1 + pair.Change:0.00} ({1 + pair.ChangeLow:0.00} to {1 + pair.ChangeHigh:0.00}), fresh processes in turns, {Quantity.Count(pair.Starts, "start")} each");

    private IEnumerable<string> Confirmed()
    {
        if (Confirmation is null)
            yield break;
        yield return "Whole trials:";
        foreach (var one in Confirmation.Assessment.Configurations)
            yield return Text($"  {one.Configuration.Name}: {(one.SamplesPerSecond is { } rate ? Text($"{rate:0.#} samples/s") : "not measured")}, peak memory {(one.PeakMegabytes is { } peak ? Quantity.Bytes(peak * Mebibyte) : "not measured")} ({Quantity.Count(one.MeasuredTrials, "trial")})");
    }

    private static IEnumerable<string> Arguments(LoaderSetting setting)
    {
        yield return Text($"num_workers={setting.NumWorkers}");
        if (setting.PrefetchFactor is { } ahead)
            yield return Text($"prefetch_factor={ahead}");
        if (setting.PinMemory)
            yield return "pin_memory=True";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
