using Experiments.Core.Pairs;
using Experiments.Core.Tuning;

namespace Experiments.Reports.Tests.Console;

/// <summary>Answers of <c>tune</c> and <c>compare</c> with one of each: the best, the script's own, what was given up; slower, unclear, not measured.</summary>
internal static class SampleAnswers
{
    public static TuningReport Tuning { get; } = new()
    {
        Own = new LoaderSetting(0), Chosen = new LoaderSetting(2), Best = new LoaderSetting(3, 4), Ceiling = 3331.1, IsCeilingMeasured = true, IsLoaderTheBottleneck = true, Within = 0.03, Seconds = 61,
        Rows =
        [
            Row(new LoaderSetting(0), 1162.3) with { WaitFraction = 0.63, PeakBytes = 141L << 20 },
            Row(new LoaderSetting(2), 2033.2) with { Ratio = 1.77, RatioFrom = 1.6, RatioTo = 1.95, WaitFraction = 0.35, StartSeconds = 0.4, PeakBytes = 145L << 20 },
            Row(new LoaderSetting(3, 4), 2040.1) with { Ratio = 1.78, RatioFrom = 1.61, RatioTo = 1.96, WaitFraction = 0.34, StartSeconds = 0.6, PeakBytes = 1541L << 20 },
            Row(new LoaderSetting(16), null) with { GivenUp = "its memory was foreseen to exceed the limit of 2.0 GiB" },
        ],
        Reasons =
        [
            "num_workers=2 gives 1.77 times the throughput of num_workers=0 (1.60 to 1.95).",
            "num_workers=3 prefetch_factor=4 is the fastest by measurement; num_workers=2 is within 1 % of it and costs less memory or CPU time.",
        ],
    };

    public static ComparisonReport Comparison { get; } = new()
    {
        Experiment = "meld-da", Old = "0123456789abcdef0123456789abcdef01234567", New = "the working tree on fedcba9876543210fedcba9876543210fedcba98", Bound = 0.05,
        Pairs =
        [
            Pair("dataset=MELD-DA num_workers=0", PairVerdict.NotSlower, 0.004),
            Pair("dataset=MELD-DA num_workers=16", PairVerdict.Slower, -0.258) with { CpuChange = 0.31 },
            Pair("dataset=MIntRec num_workers=0", PairVerdict.Inconclusive, -0.041) with { Note = "the interval of -9.8 % to 1.7 % holds the bound of 5.0 %; a budget of 210 s would settle it" },
            new PairComparison { Configuration = "dataset=MIntRec num_workers=16", Verdict = PairVerdict.NotMeasured, Note = "the old side ended with exit code 3: No module named 'torchvision'" },
        ],
    };

    private static TuningRow Row(LoaderSetting setting, double? rate) => new() { Setting = setting, SamplesPerSecond = rate, CpuMillisecondsPerSample = 0.81, Segments = 4 };

    private static PairComparison Pair(string configuration, PairVerdict verdict, double change) => new()
    {
        Configuration = configuration, Verdict = verdict, OldSamplesPerSecond = 11652, NewSamplesPerSecond = 11652 * (1 + change), Change = change, ChangeLow = change - 0.057, ChangeHigh = change + 0.058,
        Blocks = 40, Starts = 2, MeasuredSeconds = 24,
    };
}
