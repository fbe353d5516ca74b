using System.Globalization;
using System.Text;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Reports.Files;

namespace Experiments.Reports.Tracking;

/// <summary>The descriptions that MLflow's pages show, in Markdown.</summary>
internal static class RunNotes
{
    /// <summary>The experiment's: what is varied, and how its latest sweep stands.</summary>
    public static string Experiment(SweepStart sweep, SweepReport? report)
    {
        var text = new StringBuilder();
        var train = sweep.Definition.Train;
        text.Append(CultureInfo.InvariantCulture, $"# {SummaryMarkdown.Escape(sweep.Definition.Name)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"`{Code(sweep.Definition.File)}`: batches of {train.BatchSize}, {Steps(train)} after {train.WarmupSteps} to warm up, ");
        text.Append(CultureInfo.InvariantCulture, $"{Quantity.Count(sweep.Definition.Repeats, "repeat")} of {Quantity.Count(sweep.Plan.Configurations.Count, "configuration")}.\n\n| axis | values |\n| --- | --- |\n");
        foreach (var axis in sweep.Plan.Configurations.SelectMany(one => one.Values).GroupBy(value => value.Key))
            text.Append(CultureInfo.InvariantCulture, $"| {SummaryMarkdown.Escape(axis.Key)} | {SummaryMarkdown.Escape(string.Join(", ", axis.Select(value => value.Value.Text).Distinct()))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\nThe latest sweep: {SharedViews.Links}\n\n");
        return report is null
            ? text.Append(CultureInfo.InvariantCulture, $"Sweep `{sweep.SweepId}` began at {sweep.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC.\n").ToString()
            : text.Append(SummaryMarkdown.Render(report)).ToString();
    }

    private static string Steps(TrainingTask train) => train.Steps is { } steps
        ? Quantity.Count(steps, "step")
        : string.Create(CultureInfo.InvariantCulture, $"steps for {MeasuringTime.Seconds} s, at least {MeasuringTime.LeastSteps} of them,");

    /// <summary>A trial's: its figures in a line, and what went wrong.</summary>
    public static string Trial(TrialResult result)
    {
        var facts = new List<string>();
        if (result.Metric(MetricKeys.SamplesPerSecond) is { } rate)
            facts.Add($"**{Quantity.Rate(rate)} samples/s**");
        if (result.Metric(MetricKeys.WaitFraction) is { } wait)
            facts.Add($"{Quantity.Percent(wait * 100)} of the time waiting for data");
        if (result.Metric(MetricKeys.MemoryPeakMegabytes) is { } megabytes)
            facts.Add($"peak memory {Quantity.Bytes(megabytes * 1024 * 1024)}");
        facts.Add(string.Create(CultureInfo.InvariantCulture, $"{RunFields.StatusWord(result.Status)} after {result.DurationSeconds:0.#} s"));
        return string.Join("\n\n", [string.Join(", ", facts), .. result.Diagnostics.Select(one => $"`{Code(one.ToString())}`")]);
    }

    /// <summary>Text between backticks, which it must not close.</summary>
    private static string Code(string text) => VisibleText.Of(text).Replace('`', '\'');
}
