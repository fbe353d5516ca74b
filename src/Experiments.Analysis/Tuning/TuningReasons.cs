using System.Globalization;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>Puts the answer of a tuning into sentences.</summary>
internal static class TuningReasons
{
    public static IReadOnlyList<string> Of(TuningReport report)
    {
        var rows = report.Rows.ToDictionary(row => row.Setting);
        if (report.Chosen is null || !rows.TryGetValue(report.Own, out var own))
            return ["No setting could be measured."];
        var reasons = new List<string>();
        if (!report.IsLoaderTheBottleneck)
            reasons.Add(Text($"The loader is not the bottleneck: with batches at no cost the training reaches {report.Ceiling:0.#} samples/s, and it has {own.SamplesPerSecond:0.#}."));
        var chosen = rows[report.Chosen];
        if (report.Chosen != report.Own && chosen.Ratio is { } ratio)
            reasons.Add(Text($"{report.Chosen} gives {ratio:0.00} times the throughput of {report.Own}{Interval(chosen)}."));
        var best = report.Best;
        if (best is not null && best != report.Chosen && report.IsLoaderTheBottleneck)
            reasons.Add(Text($"{best} is the fastest by measurement; {report.Chosen} is within 1 % of it and costs less memory or CPU time."));
        if (report.IsLoaderTheBottleneck && !report.IsSettled)
        {
            var open = report.Rows.Where(row => row.GivenUp is null && row.Setting != best && row.Setting != report.Own && row.SamplesPerSecond is not null).Select(row => row.Setting.ToString()).ToList();
            reasons.Add(Text($"Measuring ended before the best was known within {100 * report.Within:0.#} %: still in question {(open.Count == 1 ? "is" : "are")} {string.Join(", ", open)}. More of it settles that: a longer --budget, or more epochs where the training was over before."));
        }

        if (report.Chosen.NumWorkers > 0 && report.Rows.Max(row => row.Setting.NumWorkers) == report.Chosen.NumWorkers && report.IsLoaderTheBottleneck)
            reasons.Add(Text($"num_workers={report.Chosen.NumWorkers} is the largest count that was tried."));
        return reasons;
    }

    private static string Interval(TuningRow row) => row is { RatioFrom: { } from, RatioTo: { } to } ? Text($" ({from:0.00} to {to:0.00})") : "";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
