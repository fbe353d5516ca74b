using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Growth of memory from step to step after warm-up: medians over the repeats count, of the estimate and of the lower end of its interval.</summary>
internal static class MemoryGrowthGate
{
    private const double Mebibyte = 1024 * 1024;

    public static IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context)
    {
        if (context.Gates.MemoryGrowth.MaxBytesPerStep is not { } most || trials.Measured.Count == 0)
            yield break;
        var position = context.PositionOf("memory_growth.max");
        if (trials.Median(MetricKeys.MemoryGrowthMegabytesPerStep) is not { } growth)
        {
            yield return new Finding(VerdictKind.NotMeasured, GateDiagnostics.GateNotMeasured.Error(
                $"memory growth was not measured at {trials.Configuration.Name}", position));
        }
        else if (growth * Mebibyte > most)
        {
            var (seen, bound) = Quantity.Bytes(growth * Mebibyte, most);
            // As with throughput: red is what is both larger than the bound and no accident.
            var (low, high) = (trials.Median(MetricKeys.MemoryGrowthLowMegabytesPerStep), trials.Median(MetricKeys.MemoryGrowthHighMegabytesPerStep));
            var interval = low is null || high is null ? "" : $" ({Quantity.Bytes(low.Value * Mebibyte)} to {Quantity.Bytes(high.Value * Mebibyte)} with 99 % confidence)";
            yield return low is <= 0
                ? new Finding(VerdictKind.Inconclusive, GateDiagnostics.Inconclusive.Error(
                    $"memory grows by {seen} a step, more than {bound}, but no growth at all is possible too{interval}; measure more steps, at {trials.Configuration.Name}", position))
                : new Finding(VerdictKind.BlownUp, GateDiagnostics.MemoryGrowth.Error(
                    $"memory grows by {seen} a step{interval}, more than {bound}, at {trials.Configuration.Name}{GrowingProcess.Words(trials.Measured)}", position));
        }
    }
}
