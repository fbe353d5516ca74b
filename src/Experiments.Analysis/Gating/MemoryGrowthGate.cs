using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Growth of memory from step to step after warm-up: the median over the repeats counts.</summary>
internal static class MemoryGrowthGate
{
    private const double Mebibyte = 1024 * 1024;

    public static IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context)
    {
        if (context.Gates.MemoryGrowthMaxBytesPerStep is not { } most || trials.Measured.Count == 0)
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
            yield return new Finding(VerdictKind.BlownUp, GateDiagnostics.MemoryGrowth.Error(
                $"memory grows by {seen} a step, more than {bound}, at {trials.Configuration.Name}", position));
        }
    }
}
