using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>Draws the answer from the segments.</summary>
internal static class TuningSummary
{
    /// <summary>Peaks that differ by less are equal: the same setting measured twice differs so.</summary>
    private const double EqualMemory = 1.05;

    private const double EqualCpu = 1.1;

    public static TuningReport Of(TuningSpace space, TuningState state)
    {
        var rows = state.Tried.Select(setting => Row(space, state, setting)).OrderBy(row => row.Setting.NumWorkers).ThenBy(row => row.Setting.PrefetchFactor ?? 2).ThenBy(row => row.Setting.PinMemory).ToList();
        var best = state.Levels.Best ?? rows.Where(row => row.SamplesPerSecond is not null).MaxBy(row => row.SamplesPerSecond)?.Setting;
        var chosen = best is null ? null : Cheapest(rows, state, best);
        var own = rows.FirstOrDefault(row => row.Setting == space.Own);
        var measured = state.Segments.FirstOrDefault(segment => segment is { Setting: null, Error: null, Seconds: > 0 });
        var ceiling = measured?.SamplesPerSecond ?? Computed(rows);
        var isBottleneck = own?.SamplesPerSecond is not { } rate || ceiling is not { } top || top > (1 + space.Within) * rate;
        var report = new TuningReport
        {
            Own = space.Own,
            Best = best,
            Chosen = isBottleneck ? chosen : space.Own,
            Rows = rows,
            Ceiling = ceiling,
            IsCeilingMeasured = measured is not null,
            IsLoaderTheBottleneck = isBottleneck,
            IsSettled = state.IsSettled || state.IsOwnBeyondGain,
            Within = space.Within,
            Seconds = state.Segments.Select(segment => segment.EndedAt).DefaultIfEmpty(0).Last(),
            Reasons = [],
        };
        return report with { Reasons = TuningReasons.Of(report) };
    }

    private static TuningRow Row(TuningSpace space, TuningState state, LoaderSetting setting)
    {
        var all = state.Segments.Where(segment => segment.Setting == setting).ToList();
        var good = all.Where(segment => segment.Error is null && segment.SamplesPerSecond > 0).ToList();
        // What was measured in blocks met the same minutes as the others; where there is none, the look around stands in.
        var counted = good.Any(segment => segment.Block > 0) ? good.Where(segment => segment.Block > 0).ToList() : good;
        var ratio = setting == space.Own ? null : state.Levels.Compare(setting, space.Own);
        var failed = all.FirstOrDefault(segment => segment.Error is not null);
        return new TuningRow
        {
            Setting = setting,
            SamplesPerSecond = counted.Count == 0 ? null : Math.Exp(counted.Average(segment => Math.Log(segment.SamplesPerSecond))),
            Ratio = ratio is null ? null : Math.Exp(ratio.Mean),
            RatioFrom = ratio is { HalfWidth: < double.PositiveInfinity } ? Math.Exp(ratio.From) : null,
            RatioTo = ratio is { HalfWidth: < double.PositiveInfinity } ? Math.Exp(ratio.To) : null,
            WaitFraction = counted.Select(segment => segment.WaitFraction).DefaultIfEmpty(0).Average(),
            CpuMillisecondsPerSample = counted.Select(segment => 1000 * segment.CpuSeconds / Math.Max(1, segment.Samples)).DefaultIfEmpty(0).Average(),
            StartSeconds = good.Select(segment => segment.StartSeconds).Order().ElementAtOrDefault(good.Count / 2),
            PeakBytes = all.Max(segment => segment.PeakBytes),
            Segments = good.Count,
            GivenUp = failed?.Error ?? (state.IsLive(setting) ? null : "surely slower than the best"),
        };
    }

    /// <summary>Of those that cannot be told from the best, the one with the least memory, then with the least CPU time a sample, then with the fewest workers.</summary>
    private static LoaderSetting Cheapest(IReadOnlyList<TuningRow> rows, TuningState state, LoaderSetting best)
    {
        var tied = rows.Where(row => row.Setting == best || (row.SamplesPerSecond is not null && row.GivenUp is null
            && state.Levels.Compare(row.Setting, best) is { } ratio && ratio.Mean >= Math.Log(1 - TuningState.Indifference))).ToList();
        if (tied.All(row => row.PeakBytes is not null))
            tied = Within(tied, row => row.PeakBytes!.Value, EqualMemory);
        return Within(tied, row => row.CpuMillisecondsPerSample, EqualCpu).OrderBy(row => row.Setting.NumWorkers).ThenBy(row => row.Setting.PrefetchFactor ?? LoaderSetting.UsualPrefetchFactor)
            .ThenBy(row => row.Setting.PinMemory).First().Setting;
    }

    private static List<TuningRow> Within(List<TuningRow> rows, Func<TuningRow, double> cost, double equal)
    {
        var least = rows.Min(cost);
        return [.. rows.Where(row => cost(row) <= equal * least)];
    }

    /// <summary>The step without its wait, at the setting that waits least: workers take time of the step too, so that it is an estimate.</summary>
    private static double? Computed(IReadOnlyList<TuningRow> rows) => rows.Where(row => row.SamplesPerSecond is not null && row.WaitFraction < 1)
        .Select(row => row.SamplesPerSecond / (1 - row.WaitFraction)).DefaultIfEmpty(null).Max();
}
