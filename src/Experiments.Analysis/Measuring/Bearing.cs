using Experiments.Analysis.Advising;
using Experiments.Analysis.Gating;
using Experiments.Analysis.Text;
using Experiments.Core.Results;

namespace Experiments.Analysis.Measuring;

/// <summary>Whether measurements can carry a recommendation or a baseline, and why not.</summary>
public static class Bearing
{
    /// <summary>By how much the share that others took must differ to be worth a word.</summary>
    internal const double Noticeable = BusyMachine.NoticeablePercent / 100;

    /// <summary>Trials that are measured for less than this tell something only where they agree.</summary>
    private const double ShortSeconds = 1;

    /// <summary>The error of a throughput that short trials may have, as a share.</summary>
    private const double ShortError = 0.1;

    /// <summary>The error that others may have, and the difference that trials must resolve.</summary>
    private const double LargestError = 0.25;

    /// <summary>Why a sweep cannot be a baseline, by the configuration where that shows most; null where it can.</summary>
    /// <param name="report">The sweep and what was judged of it.</param>
    /// <param name="definition">Its definition.</param>
    public static string? Fault(SweepReport report, Core.Definitions.ExperimentDefinition definition)
    {
        var context = new GateContext(definition, report.Sweep.Machine, null);
        return ConfigurationTrials.Group(report.Sweep, context).Select(one => Fault([one], context)).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Why nothing can be recommended; null where something can.</summary>
    internal static string? Fault(AdviceChoice choice, GateContext context)
    {
        if (choice.Fitting.Count == 1)
            return null; // nothing is said of others
        if (Fault([.. choice.Fitting.SelectMany(candidate => candidate.Rows)], context) is { } fault)
            return $"No recommendation: {fault}.";
        var resolution = choice.Tied.Where(other => other != choice.Chosen).Select(other => choice.Resolution(choice.Chosen, other)).DefaultIfEmpty(0).Max();
        return resolution <= LargestError ? null
            : $"No recommendation: these trials resolve differences of {Quantity.Percent(resolution * 100)}, and no smaller ones; repeat them more often (repeats: {2 * Repeats(choice)}), or keep other programs from the machine.";
    }

    /// <summary>Why trials cannot carry a conclusion, by the configuration that shows it most.</summary>
    private static string? Fault(IReadOnlyList<ConfigurationTrials> configurations, GateContext context)
    {
        var shortest = configurations.Where(one => MeasuredTime.Of(one) < ShortSeconds && !(Error(one) <= ShortError)).MinBy(MeasuredTime.Of);
        if (shortest is not null)
            return $"{MeasuredTime.Seconds(MeasuredTime.Of(shortest)!.Value)} were measured in a trial of {shortest.Configuration.Name}{Scatter(shortest)}; {MeasuredTime.Remedy([shortest], context.Definition.Train)}";
        var widest = configurations.Where(one => Error(one) > LargestError).MaxBy(Error);
        return widest is null ? null
            : $"the trials of {widest.Configuration.Name} lie {Quantity.Percent(widest.SpreadPercent()!.Value)} to either side of their middle; repeat them more often (repeats: {2 * widest.Measured.Count}), or keep other programs from the machine";
    }

    private static string Scatter(ConfigurationTrials trials) => trials.SpreadPercent() is { } spread ? $", and its trials lie {Quantity.Percent(spread)} to either side of their middle" : "";

    private static int Repeats(AdviceChoice choice) => choice.Fitting.Max(candidate => candidate.Rows.Max(row => row.Measured.Count));

    /// <summary>The standard error of the mean logarithm; null under two trials.</summary>
    private static double? Error(ConfigurationTrials trials)
    {
        var logs = trials.Throughputs().Select(value => Math.Log(value)).ToArray();
        return logs.Length < 2 ? null : Math.Sqrt(logs.Sum(log => (log - logs.Average()) * (log - logs.Average())) / (logs.Length - 1) / logs.Length);
    }
}
