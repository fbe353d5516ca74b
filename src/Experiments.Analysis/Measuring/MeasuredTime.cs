using System.Globalization;
using Experiments.Analysis.Gating;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Measuring;

/// <summary>How long trials were measured, and what makes it longer.</summary>
internal static class MeasuredTime
{
    /// <summary>A trial that ends at the step at which its time is reached, by its own clock, is not told to be short by ours.</summary>
    private const double Tolerance = 0.95;

    /// <summary>A warning where configurations were measured for less than <see cref="MeasuringTime.Seconds"/>; null where none was.</summary>
    public static Diagnostic? Warning(IReadOnlyList<ConfigurationTrials> configurations, GateContext context)
    {
        var known = configurations.Where(one => Of(one) is not null).ToArray();
        var shorter = Array.FindAll(known, one => Of(one) < Tolerance * MeasuringTime.Seconds);
        if (shorter.Length == 0)
            return null;
        var least = shorter.MinBy(Of)!;
        return GateDiagnostics.ShortMeasurement.Warning(
            $"{Seconds(Of(least)!.Value)} were measured in a trial of {least.Configuration.Name}, and less than {MeasuringTime.Seconds} s in {shorter.Length} of {Quantity.Count(known.Length, "configuration")}; {Remedy(shorter, context.Definition.Train)}",
            context.Definition.PositionOf("train.steps"));
    }

    /// <summary>The median time that a trial was measured; null where it is not known.</summary>
    public static double? Of(ConfigurationTrials trials) => trials.Median(MetricKeys.MeasuredSeconds);

    /// <summary>What to write so that all of the configurations are measured for long enough.</summary>
    /// <param name="configurations">Those that were not.</param>
    /// <param name="task">The definition's task.</param>
    public static string Remedy(IEnumerable<ConfigurationTrials> configurations, TrainingTask task)
    {
        var rates = configurations.Select(one => (Steps: one.Median(MetricKeys.MeasuredSteps) ?? 0, Seconds: Of(one) ?? 0)).Where(one => one is { Steps: > 0, Seconds: > 0 }).ToArray();
        if (rates.Length == 0)
            return "write steps: auto";
        var most = rates.Max(one => one.Steps);
        if (task.Steps is not { } asked || most < Tolerance * asked)
            return string.Create(CultureInfo.InvariantCulture, $"the training ended by itself after {most:0} measured steps: let it train longer (more epochs, or more data)");
        var needed = MeasuringTime.Seconds * rates.Max(one => one.Steps / one.Seconds) / Tolerance;
        return string.Create(CultureInfo.InvariantCulture, $"write steps: auto, or steps: {RoundUp(needed)}");
    }

    /// <summary><c>0.06 s</c>, <c>2.4 s</c>.</summary>
    public static string Seconds(double seconds) => seconds.ToString(seconds < 0.095 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " s";

    /// <summary>To two digits, so that it is a figure to write down.</summary>
    private static double RoundUp(double steps)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(steps, 1))) - 1));
        return Math.Ceiling(steps / unit) * unit;
    }
}
