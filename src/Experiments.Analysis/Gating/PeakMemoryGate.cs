using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>A peak of memory against its bound (the worst trial counts) and against the baseline.</summary>
/// <param name="metric">The peak, MiB.</param>
/// <param name="gate">The gate's key.</param>
/// <param name="name">What it is called.</param>
/// <param name="boundsOf">Its bounds.</param>
internal sealed class PeakMemoryGate(string metric, string gate, string name, Func<Gates, PeakMemoryBounds> boundsOf)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The memory of the whole process tree.</summary>
    public static PeakMemoryGate OfTree { get; } = new(MetricKeys.MemoryPeakMegabytes, "peak_memory", "peak memory", gates => gates.PeakMemory)
    {
        Exceeds = GateDiagnostics.PeakMemory, Grew = GateDiagnostics.PeakMemoryIncrease, WhyUnwatched = telemetry => telemetry.Reason,
    };

    /// <summary>The memory of its GPUs.</summary>
    public static PeakMemoryGate OfGpus { get; } = new(MetricKeys.MemoryGpuPeakMegabytes, "gpu_memory", "peak GPU memory", gates => gates.GpuMemory)
    {
        Exceeds = GateDiagnostics.GpuMemory, Grew = GateDiagnostics.GpuMemoryIncrease, WhyUnwatched = telemetry => telemetry.GpuReason ?? "no GPU memory was taken",
    };

    public required DiagnosticRule Exceeds { get; init; }

    public required DiagnosticRule Grew { get; init; }

    public required Func<TelemetrySummary, string?> WhyUnwatched { get; init; }

    public IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context)
    {
        var bounds = boundsOf(context.Gates);
        if (bounds.MaxBytes is null && bounds.MaxIncreasePercent is null)
            return [];
        // A trial that failed used its memory all the same.
        var peaks = trials.Ended.Select(trial => trial.Metric(metric)).OfType<double>().Where(double.IsFinite).ToArray();
        if (bounds.MaxBytes is { } most && peaks.Select(peak => peak * Mebibyte).DefaultIfEmpty().Max() is var worst && worst > most)
            return [Exceeded(worst, most, trials, context)];
        if (trials.Measured.Any(IsUnwatched))
            return [NotMeasured(trials, context)]; // the one that nobody watched may be the largest
        return bounds.MaxIncreasePercent is { } increase && Increase(trials, increase, context) is { } finding ? [finding] : [];
    }

    private Finding Exceeded(double peak, long most, ConfigurationTrials trials, GateContext context)
    {
        var (seen, bound) = Quantity.Bytes(peak, most);
        return new Finding(VerdictKind.BlownUp, Exceeds.Error($"{name} {seen} exceeds {bound} at {trials.Configuration.Name}", context.PositionOf($"{gate}.max")));
    }

    /// <summary>
    /// Memory is nearly deterministic, so a small tolerance suffices and no test is needed: the median grew by more than the bound,
    /// and every repeat is above every accepted one.
    /// </summary>
    private Finding? Increase(ConfigurationTrials trials, double most, GateContext context)
    {
        var before = context.Accepted(trials.Configuration, metric);
        var now = trials.Values(metric);
        if (before.Count == 0 || now.Count == 0 || now.Min() <= before.Max())
            return null;
        var (old, current) = (RobustLocation.Median(before), RobustLocation.Median(now));
        var percent = (current / old - 1) * 100;
        if (old <= 0 || percent <= most)
            return null;
        var (seen, accepted) = Quantity.Bytes(current * Mebibyte, old * Mebibyte);
        return new Finding(VerdictKind.Regressed, Grew.Error(
            $"{name} {seen} is {Quantity.Percent(percent)} above the baseline's {accepted}, more than {Quantity.Percent(most)}, at {trials.Configuration.Name}",
            context.PositionOf($"{gate}.max_increase")));
    }

    private bool IsUnwatched(TrialResult trial) => trial.Metric(metric) is not { } peak || !double.IsFinite(peak);

    private Finding NotMeasured(ConfigurationTrials trials, GateContext context)
    {
        var telemetry = trials.Measured.First(IsUnwatched).Telemetry;
        var reason = telemetry is not null && WhyUnwatched(telemetry) is { } why ? $" ({why})" : "";
        return new Finding(VerdictKind.NotMeasured, GateDiagnostics.GateNotMeasured.Error($"{name} was not measured{reason} at {trials.Configuration.Name}", context.PositionOf(gate)));
    }
}
