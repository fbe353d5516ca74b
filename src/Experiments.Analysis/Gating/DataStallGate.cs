using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Waiting for data: at most a share of the time, or the accelerator busy for at least a share (MLPerf Storage asks for 90 %).</summary>
internal static class DataStallGate
{
    public static IEnumerable<Finding> Check(ConfigurationTrials trials, GateContext context)
    {
        if (trials.Measured.Count == 0)
            yield break;
        var wait = trials.Median(MetricKeys.WaitFraction);
        if (context.Gates.DataStall.MaxWaitFraction is { } most)
        {
            var position = context.PositionOf("data_stall.max_wait_fraction");
            if (wait is null)
                yield return NotMeasured("the wait for data", trials, position);
            else if (wait > most)
                yield return new Finding(VerdictKind.Regressed, GateDiagnostics.DataStall.Error(
                    $"{Quantity.Percent(wait.Value * 100)} of the time is spent waiting for data, more than {Quantity.Percent(most * 100)}, at {trials.Configuration.Name}", position));
        }

        if (context.Gates.DataStall.MinAcceleratorUtilizationPercent is { } least)
        {
            var position = context.PositionOf("data_stall.min_accelerator_utilization");
            // MLPerf Storage's definition: the share of the time that is not spent waiting for data.
            if (wait is null)
                yield return NotMeasured("accelerator utilization", trials, position);
            else if ((1 - wait.Value) * 100 < least)
                yield return new Finding(VerdictKind.Regressed, GateDiagnostics.AcceleratorUtilization.Error(
                    $"the accelerator computes for {Quantity.Percent((1 - wait.Value) * 100)} of the time, less than {Quantity.Percent(least)}, at {trials.Configuration.Name}", position));
        }
    }

    private static Finding NotMeasured(string what, ConfigurationTrials trials, SourcePosition position) =>
        new(VerdictKind.NotMeasured, GateDiagnostics.GateNotMeasured.Error($"{what} was not measured at {trials.Configuration.Name}", position));
}
