using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Tables;

namespace Experiments.Tool.Running;

/// <summary>
/// Tells a sweep's outcome in the language of the CI system that runs the tool: GitHub's job page and step outputs, Azure's summary and issues, TeamCity's statistics and problems,
/// GitLab's metrics and code quality reports, Buildkite's annotation. All of them, and Jenkins, read <c>junit.xml</c> besides.
/// </summary>
/// <param name="variable">Gives the value of an environment variable.</param>
internal sealed class CiService(Func<string, string?> variable)
{
    /// <summary>
    /// GitHub shows at most one MiB a step (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands), Buildkite an annotation
    /// (https://buildkite.com/docs/agent/cli/reference/annotate).
    /// </summary>
    private const int MostSummaryBytes = 1_000_000;

    /// <summary>Tells it; what cannot be written is said and keeps nothing else from being done.</summary>
    /// <param name="run">The sweep.</param>
    /// <param name="output">Standard output, which some systems read.</param>
    public void Tell(SweepRun run, TextWriter output)
    {
        try
        {
            if (variable("GITHUB_STEP_SUMMARY") is { Length: > 0 } summary)
                File.AppendAllText(summary, Shortened(SummaryMarkdown.Render(run.Report)) + "\n");
            if (variable("GITHUB_OUTPUT") is { Length: > 0 } outputs)
                File.AppendAllText(outputs, Outputs(run));
            if (variable("TF_BUILD") == "True")
                output.Write(Azure(run));
            if (variable("TEAMCITY_VERSION") is { Length: > 0 })
                output.Write(TeamCity(run.Report));
            if (variable("GITLAB_CI") == "true")
            {
                File.WriteAllText(Path.Combine(run.Folder, "metrics.txt"), OpenMetrics(run.Report));
                File.WriteAllText(Path.Combine(run.Folder, "gl-code-quality.json"), CodeQuality(run.Report));
            }

            if (variable("BUILDKITE") == "true")
                Annotate(run.Report, SummaryMarkdown.Render(run.Report), output);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Warning($"CI: {exception.Message.TrimEnd('.')}"));
        }
    }

    /// <summary>Shows a text on the page of the job, where the CI system has such a place.</summary>
    /// <param name="report">The sweep that it is of.</param>
    /// <param name="markdown">The text.</param>
    /// <param name="output">Where it is said that the place cannot be written.</param>
    /// <returns>Whether it is shown.</returns>
    public bool TrySummarize(SweepReport report, string markdown, TextWriter output)
    {
        try
        {
            if (variable("GITHUB_STEP_SUMMARY") is not { Length: > 0 } summary)
                return variable("BUILDKITE") == "true" && Annotate(report, markdown, output);
            File.AppendAllText(summary, Shortened(markdown) + "\n");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            output.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Warning($"CI: {exception.Message.TrimEnd('.')}"));
            return false;
        }
    }

    /// <summary>One annotation an experiment: the same context edits the one that is there.</summary>
    private static bool Annotate(SweepReport report, string markdown, TextWriter output)
    {
        var style = ExitCodes.Of(report.Assessment.Verdict) switch { ExitCodes.Pass => "success", ExitCodes.Inconclusive => "warning", _ => "error" };
        var (isThere, fault) = BuildkiteAgent.Annotate(Shortened(markdown), $"experiments-{VisibleText.Of(report.Sweep.Experiment)}", style);
        if (fault is not null)
            output.WriteLine(CiDiagnostics.NotTold.Warning(VisibleText.Of($"buildkite-agent annotate: {fault}")));
        return isThere && fault is null;
    }

    private static string Outputs(SweepRun run) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        verdict={VerdictWords.Of(run.Report.Assessment)}
        exit_code={run.ExitCode}
        regressions={run.Report.Assessment.Configurations.Count(one => one.Verdict == VerdictKind.Regressed)}
        report={Path.Combine(run.Folder, "report.html")}

        """);

    private static string Azure(SweepRun run)
    {
        var text = new StringBuilder();
        foreach (var one in SweepFacts.Diagnostics(run.Report))
        {
            var kind = one.Severity == DiagnosticSeverity.Error ? "error" : "warning";
            text.Append(CultureInfo.InvariantCulture, $"##vso[task.logissue type={kind};sourcepath={Property(one.Position?.File ?? "")};linenumber={one.Position?.Line ?? 1};columnnumber={one.Position?.Column ?? 1};code={one.Code}]{Message(VisibleText.Of(one.Message))}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"##vso[task.uploadsummary]{Path.Combine(run.Folder, "summary.md")}\n").ToString();

        static string Message(string message) => message.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

        static string Property(string value) => Message(value).Replace("]", "%5D", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
    }

    private static string TeamCity(SweepReport report)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Figures(report).Select(one => ($"experiments.{report.Sweep.Experiment}.{one.Configuration}.{one.Metric}", one.Value)))
            text.Append(CultureInfo.InvariantCulture, $"##teamcity[buildStatisticValue key='{Escaped(key)}' value='{value:0.####}']\n");
        foreach (var one in SweepFacts.Diagnostics(report).Where(one => one.Severity == DiagnosticSeverity.Error))
            text.Append(CultureInfo.InvariantCulture, $"##teamcity[buildProblem description='{Escaped(one.ToString())}' identity='{Fingerprint(one)[..40]}']\n");
        return text.ToString();

        // https://www.jetbrains.com/help/teamcity/service-messages.html#Escaped+Values
        static string Escaped(string value) => string.Concat(value.Select(letter => letter switch
        {
            '|' or '\'' or '[' or ']' => $"|{letter}",
            '\n' => "|n",
            '\r' => "|r",
            > '~' => string.Create(CultureInfo.InvariantCulture, $"|0x{(int)letter:X4}"),
            _ => $"{letter}",
        }));
    }

    /// <summary>The text format of OpenMetrics, which GitLab compares in a merge request: https://docs.gitlab.com/ci/testing/metrics_reports/.</summary>
    private static string OpenMetrics(SweepReport report)
    {
        var text = new StringBuilder();
        foreach (var metric in Figures(report).GroupBy(one => one.Metric))
        {
            text.Append(CultureInfo.InvariantCulture, $"# TYPE experiments_{metric.Key} gauge\n");
            foreach (var one in metric)
                text.Append(CultureInfo.InvariantCulture, $"experiments_{metric.Key}{{experiment=\"{Label(report.Sweep.Experiment)}\",configuration=\"{Label(one.Configuration)}\"}} {one.Value:0.####}\n");
        }

        return text.Append("# EOF\n").ToString();

        static string Label(string value) => VisibleText.Of(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }

    /// <summary>https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format.</summary>
    private static string CodeQuality(SweepReport report) => new JsonArray(
    [
        .. SweepFacts.Diagnostics(report).Select(one => new JsonObject
        {
            ["description"] = one.Message,
            ["check_name"] = one.Code,
            ["fingerprint"] = Fingerprint(one),
            ["severity"] = one.Severity == DiagnosticSeverity.Error ? "major" : "minor",
            ["location"] = new JsonObject { ["path"] = (one.Position?.File ?? report.Sweep.DefinitionFile).Replace('\\', '/'), ["lines"] = new JsonObject { ["begin"] = one.Position?.Line ?? 1 } },
        }),
    ]).ToJsonString(new JsonSerializerOptions { WriteIndented = true });

    private static IEnumerable<(string Configuration, string Metric, double Value)> Figures(SweepReport report) => report.Assessment.Configurations.SelectMany(one => new[]
    {
        (one.Configuration.Name, "samples_per_second", one.SamplesPerSecond ?? double.NaN), (one.Configuration.Name, "peak_memory_megabytes", one.PeakMegabytes ?? double.NaN),
    }).Where(one => double.IsFinite(one.Item3));

    private static string Fingerprint(Diagnostic one) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(one.ToString())));

    private static string Shortened(string markdown)
    {
        if (Encoding.UTF8.GetByteCount(markdown) <= MostSummaryBytes)
            return markdown;
        var lines = new StringBuilder();
        var bytes = 0;
        foreach (var line in markdown.Split('\n'))
        {
            bytes += Encoding.UTF8.GetByteCount(line) + 1;
            if (bytes > MostSummaryBytes)
                break;
            lines.Append(line).Append('\n');
        }

        return lines.Append("\nThe rest is in the sweep's summary.md.\n").ToString();
    }
}
