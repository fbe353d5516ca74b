using System.Globalization;
using Experiments.Analysis.Gating;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Measuring;

/// <summary>Whether others used the machine while trials ran.</summary>
internal static class BusyMachine
{
    /// <summary>The share of the machine, in percent, from which it is worth a word: the kernel's own work and this program's are some of it.</summary>
    public const double NoticeablePercent = 20;

    /// <summary>A warning with the share; null where others took little, or nobody looked.</summary>
    public static Diagnostic? Warning(SweepResult sweep, GateContext context)
    {
        var looked = sweep.Trials.Where(trial => trial.IsMeasured && trial.Metric(MetricKeys.CpuOtherPercentage) is >= 0 and <= 100).ToArray();
        var busy = Array.FindAll(looked, trial => Percent(trial) > NoticeablePercent);
        if (busy.Length == 0)
            return null;
        var mean = looked.Sum(trial => Percent(trial) * trial.DurationSeconds) / Math.Max(looked.Sum(trial => trial.DurationSeconds), double.Epsilon);
        var worst = busy.MaxBy(Percent)!;
        var name = string.Create(CultureInfo.InvariantCulture, $"{worst.Configuration.Name} #{worst.Repeat}");
        return GateDiagnostics.BusyMachine.Warning(
            $"others took {Quantity.Percent(mean)} of the machine while the trials ran, and most, {Quantity.Percent(Percent(worst))}, at {name} (more than {Quantity.Percent(NoticeablePercent)} in {busy.Length} of {Quantity.Count(looked.Length, "trial")})",
            context.Definition.PositionOf("matrix"));
    }

    private static double Percent(TrialResult trial) => trial.Metric(MetricKeys.CpuOtherPercentage)!.Value;
}
