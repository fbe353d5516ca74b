using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Reports.Console;

/// <summary>A finished trial in one line.</summary>
internal static class TrialLine
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary><c>dataset=MELD-DA num_workers=4 pin_memory=true #2: 812 samples/s, wait 12 %, first batch 85 ms, peak 1.2 GiB, 30.1 s</c>.</summary>
    public static string Of(TrialResult trial)
    {
        var name = Name(new PlannedTrial(trial.Configuration, trial.Repeat, trial.Purpose));
        var parts = trial.IsMeasured ? Figures(trial) : [Failure(trial)];
        return $"{name}: {string.Join(", ", parts.Append(trial.DurationSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"))}";
    }

    /// <summary>What runs, and why where the plan did not have it.</summary>
    public static string Name(PlannedTrial trial) => string.Create(CultureInfo.InvariantCulture, $"{trial.Configuration.Name} #{trial.Repeat}") + trial.Purpose switch
    {
        TrialPurpose.Adaptive => " (further repeat)",
        TrialPurpose.Confirmation => " (suspected of a regression, measured afresh)",
        TrialPurpose.Control => " (control: did the machine slow down?)",
        _ => "",
    };

    private static IEnumerable<string> Figures(TrialResult trial)
    {
        if (trial.Metric(MetricKeys.SamplesPerSecond) is { } rate)
            yield return $"{Quantity.Rate(rate)} samples/s";
        if (trial.Metric(MetricKeys.WaitFraction) is { } wait)
            yield return $"wait {Quantity.Percent(wait * 100)}";
        if (trial.Metric(MetricKeys.TimeToFirstBatchMilliseconds) is { } first)
            yield return string.Create(CultureInfo.InvariantCulture, $"first batch {first:0} ms");
        if (trial.Metric(MetricKeys.MemoryPeakMegabytes) is { } peak)
            yield return $"peak {Quantity.Bytes(peak * Mebibyte)}";
    }

    private static string Failure(TrialResult trial)
    {
        var word = trial.Status switch
        {
            TrialStatus.TimedOut => "timed out",
            TrialStatus.BlownUp => "blown up",
            TrialStatus.Foreseen => "foreseen to blow up",
            TrialStatus.Skipped => "skipped",
            TrialStatus.NotMeasured => "not measured",
            TrialStatus.Cancelled => "cancelled",
            _ => "failed",
        };
        return trial.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error) is { } cause
            ? $"{word} ({cause.Code}: {cause.Message.ReplaceLineEndings(" ")})" : word;
    }
}
