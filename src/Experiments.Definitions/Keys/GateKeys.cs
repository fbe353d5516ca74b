using System.Text.RegularExpressions;
using Experiments.Core.Definitions;
using Experiments.Core.Plans;

namespace Experiments.Definitions.Keys;

/// <summary>The keys under <c>gates</c>.</summary>
internal static partial class GateKeys
{
    /// <summary>The section.</summary>
    public static SectionKind Section { get; } = new(
        typeof(Gates),
        new("peak_memory", nameof(Gates.PeakMemory), new SectionKind(
                typeof(PeakMemoryBounds),
            new("max", nameof(PeakMemoryBounds.MaxBytes), Kinds.Size, "The most that a configuration's peak memory may be."),
            new("max_increase", nameof(PeakMemoryBounds.MaxIncreasePercent), Kinds.Increase, "The most that it may grow over the baseline.")), "Gates over the peak memory of the process tree."),
        new("gpu_memory", nameof(Gates.GpuMemory), new SectionKind(
                typeof(PeakMemoryBounds),
            new("max", nameof(PeakMemoryBounds.MaxBytes), Kinds.Size, "The most that the peak of a configuration's GPU memory may be, as the driver counts it: contexts and what allocators keep included."),
            new("max_increase", nameof(PeakMemoryBounds.MaxIncreasePercent), Kinds.Increase, "The most that it may grow over the baseline.")), "Gates over the GPU memory of the trial's processes, summed over its devices."),
        new("memory_growth", nameof(Gates.MemoryGrowth), new SectionKind(
                typeof(MemoryGrowthBounds),
            new DefinitionKey("max", nameof(MemoryGrowthBounds.MaxBytesPerStep), Kinds.Growth, "The most that memory may grow with each step after warm-up.")), "Gate over leaks."),
        new("throughput", nameof(Gates.Throughput), new SectionKind(
                typeof(ThroughputBounds),
            new("max_regression", nameof(ThroughputBounds.MaxRegressionPercent), Kinds.Loss, "The most of the baseline's `samples_per_second` that may be lost."),
            new("against", nameof(ThroughputBounds.Against), new TextKind("a git revision, `merge-base(REVISION)` or `last_passing`", Revision(), "write a commit, branch or tag, merge-base(origin/main), or last_passing"), "The old code that today's is compared with, in pairs that run in the same seconds, instead of the baseline; without `max_regression` it may be 5% slower.") { Default = "the baseline" },
            new("budget", nameof(ThroughputBounds.Budget), Kinds.Timeout, "How long each pair may be measured; with `against`."),
            new("allow_missing_baseline", nameof(ThroughputBounds.AllowMissingBaseline), new BooleanKind(), "Whether a sweep without a comparable baseline may pass."),
            new("false_alarm_rate", nameof(ThroughputBounds.FalseAlarmRatePercent), Kinds.Chance, "The chance that a sweep of unchanged code is called regressed, over all configurations."),
            new("max_repeats", nameof(ThroughputBounds.MaxRepeats), new IntegerKind(1, Planner.MaxRepeats), "Repeats that a configuration without a clear verdict, or that the advice cannot tell from the fastest within 3%, may have.") { Default = "`repeats`" },
            new("confirm", nameof(ThroughputBounds.Confirm), new BooleanKind(), "Whether a suspected regression is measured afresh beside a control before it is red.")), "Gates over throughput."),
        new("data_stall", nameof(Gates.DataStall), new SectionKind(
                typeof(DataStallBounds),
            new("max_wait_fraction", nameof(DataStallBounds.MaxWaitFraction), Kinds.Fraction, "The most of the time that may be spent waiting for batches."),
            new("min_accelerator_utilization", nameof(DataStallBounds.MinAcceleratorUtilizationPercent), Kinds.Share, "The least of the time that the accelerator must compute; MLPerf Storage asks for 90%.")), "Gates over waiting for data."),
        new("metrics", nameof(Gates.Metrics), new MapKind(
            "a mapping of metrics to bounds", Metric(), "a metric's name has letters, digits, _, -, ., / and spaces, a letter, digit or _ first, at most 250",
            new SectionKind(
                typeof(MetricBounds),
                new("min", nameof(MetricBounds.Min), Kinds.Number, "The least that its median over the trials may be."),
                new("max", nameof(MetricBounds.Max), Kinds.Number, "The most that it may be."),
                new("max_increase", nameof(MetricBounds.MaxIncreasePercent), Kinds.Increase, "The most that it may lie above the baseline, as a share of the baseline's size."),
                new("max_decrease", nameof(MetricBounds.MaxDecreasePercent), Kinds.Increase, "The most that it may lie below the baseline."))) { KeyProperty = nameof(MetricBounds.Metric) }, "Gates over what trials log, such as `val_loss`, and over any other metric of the results, such as `cpu/seconds_per_sample`."),
        new("baseline", nameof(Gates.Baseline), new SectionKind(
                typeof(BaselineChoice),
            new("source", nameof(BaselineChoice.Source), new TextKind("`file`, `mlflow` or `sweep:ID`", BaselineSource(), "write file, mlflow or sweep: and a sweep's id"), "What a sweep is compared with: the accepted file, the last passing sweeps of the same machine in MLflow, or one sweep."),
            new("sweeps", nameof(BaselineChoice.Sweeps), new IntegerKind(1, 100), "How many passing sweeps `mlflow` takes."),
            new("ratchet", nameof(BaselineChoice.Ratchet), new BooleanKind(), "Whether a passing sweep that is faster becomes the accepted file by itself.")), "The baseline of the gates."),
        new("trend", nameof(Gates.Trend), new SectionKind(
                typeof(TrendBounds),
            new("max_slowdown", nameof(TrendBounds.MaxSlowdownPercent), Kinds.Loss, "The most that the history may have lost by a lasting change or a slow drift."),
            new("suppress", nameof(TrendBounds.Suppressions), new MapKind(
                "a mapping of changes to reasons", Change(), "name the first slow commit or sweep by 4 letters or digits or more, or write drift",
                new SectionKind(
                typeof(Suppression),
                    new("reason", nameof(Suppression.Reason), new TextKind("a reason"), "Why the slowdown is accepted.") { IsRequired = true },
                    new("until", nameof(Suppression.Until), Kinds.Date, "The last day on which it is.") { IsRequired = true })) { KeyProperty = nameof(Suppression.Change) }, "Slowdowns that are known: by the first slow commit or sweep, or `drift`.")), "Gate over the history of sweeps."));

    [GeneratedRegex(@"\A(file|mlflow|sweep:[A-Za-z0-9][A-Za-z0-9-]{0,99})\z")]
    private static partial Regex BaselineSource();

    [GeneratedRegex(@"\A(merge-base\([^\s()-][^\s()]*\)|[^\s()-][^\s()]*)\z")]
    private static partial Regex Revision();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_./ -]{0,249}\z")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{3,99}\z")]
    private static partial Regex Change();
}
