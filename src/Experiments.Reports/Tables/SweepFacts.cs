using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Reports.Tables;

/// <summary>A sweep in a few phrases.</summary>
public static class SweepFacts
{
    /// <summary>Every diagnostic of a report: the sweep's, then each configuration's, then what the trials are warned of (each code once), then what observers could not do.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<Diagnostic> Diagnostics(SweepReport report) =>
        [.. report.Assessment.Diagnostics, .. report.Assessment.Configurations.SelectMany(one => one.Diagnostics), .. TrialWarnings(report.Sweep), .. report.Sweep.Observers];

    private static IEnumerable<Diagnostic> TrialWarnings(SweepResult sweep) => sweep.Trials
        .SelectMany(trial => trial.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Warning).Select(one => (trial.Configuration.Name, Diagnostic: one)))
        .GroupBy(warning => warning.Diagnostic.Code, (_, warnings) => warnings.ToArray())
        .Select(warnings => warnings[0].Diagnostic with
        {
            Message = $"{warnings[0].Diagnostic.Message} at {warnings[0].Name} ({warnings.Length} of {Quantity.Count(sweep.Trials.Count, "trial")})",
        });

    /// <summary><c>16 configurations, 32 trials, 4 min 12 s</c>.</summary>
    /// <param name="sweep">The sweep.</param>
    public static string Size(SweepResult sweep) =>
        $"{Quantity.Count(sweep.Configurations.Count, "configuration")}, {Quantity.Count(sweep.Trials.Count, "trial")}, {Duration(sweep.EndedAt - sweep.StartedAt)}";

    /// <summary><c>4 min 12 s</c>, <c>2 h 05 min</c>, <c>9 s</c>.</summary>
    /// <param name="span">How long; negative counts as nothing.</param>
    public static string Duration(TimeSpan span)
    {
        var seconds = (long)Math.Max(0, Math.Round(span.TotalSeconds));
        return seconds switch
        {
            >= 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds % 3600 / 60:00} min"),
            >= 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min {seconds % 60:00} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
        };
    }

    /// <summary>A recommendation in one line: <c>MELD-DA: num_workers=2 pin_memory=false</c>.</summary>
    /// <param name="advice">The advice.</param>
    public static string Recommendation(Advice advice)
    {
        var dataset = advice.Dataset ?? "all";
        if (advice.Configuration is not { } configuration)
            return $"{dataset}: no recommendation";
        var words = string.Join(' ', configuration.Values.Where(value => value.Key != AxisNames.Dataset).Select(value => $"{value.Key}={value.Value.Text}"));
        return VisibleText.Of($"{dataset}: {(words.Length == 0 ? configuration.Name : words)}");
    }
}
