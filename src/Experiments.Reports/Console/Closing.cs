using Experiments.Analysis.Text;
using Experiments.Core.Results;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Console;

/// <summary>The last lines of a sweep: verdict, advice, where the results lie and how to see them.</summary>
internal static class Closing
{
    public static IEnumerable<string> Advice(SweepReport report)
    {
        foreach (var advice in report.Assessment.Advice)
        {
            yield return $"Advice for {SweepFacts.Recommendation(advice)}";
            foreach (var reason in advice.Reasons)
                yield return $"  {reason}";
        }
    }

    public static string Verdict(SweepReport report) =>
        $"Verdict: {VerdictWords.Of(report.Assessment)} ({SweepFacts.Size(report.Sweep)})";

    public static IEnumerable<string> Recommendations(SweepReport report) =>
        report.Assessment.Advice.Select(advice => $"Recommended: {SweepFacts.Recommendation(advice)}");

    public static IEnumerable<string> Places(string? folder, ConsoleReporterOptions options)
    {
        if (folder is not null)
            yield return $"Results: {Path.GetRelativePath(options.WorkingFolder ?? Environment.CurrentDirectory, folder)}";
        if (options.TrackingUri is { } uri)
            yield return uri.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? $"MLflow: {uri}" : $"MLflow: mlflow ui --backend-store-uri {uri}";
    }
}
