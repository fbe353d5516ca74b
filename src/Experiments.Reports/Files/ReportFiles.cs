using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Reports.Html;

namespace Experiments.Reports.Files;

/// <summary>The files that a judged sweep leaves in its folder.</summary>
public static class ReportFiles
{
    /// <summary>The measurements and the judgement, for programs.</summary>
    public const string ResultsJsonName = "results.json";

    /// <summary>A row a trial.</summary>
    public const string ResultsCsvName = "results.csv";

    /// <summary>The summary of a CI job.</summary>
    public const string SummaryName = "summary.md";

    /// <summary>A test case a configuration.</summary>
    public const string JunitName = "junit.xml";

    /// <summary>A page that needs nothing else.</summary>
    public const string HtmlName = "report.html";

    /// <summary>Writes all of them; each is whole or absent.</summary>
    /// <param name="folder">The sweep's folder, which exists.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>The paths written.</returns>
    /// <exception cref="IOException">A file cannot be written; all that can be are.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, SweepReport report, CancellationToken cancellationToken = default)
    {
        (string Name, Func<string> Content)[] files =
        [
            (ResultsJsonName, () => ResultsJson.Render(report)),
            (ResultsCsvName, () => ResultsCsv.Render(report)),
            (SummaryName, () => SummaryMarkdown.Render(report)),
            (JunitName, () => JunitXml.Render(report)),
            (HtmlName, () => HtmlReport.Render(report, EmbeddedPictures.Read(folder, report.Sweep))),
        ];
        var paths = new List<string>();
        var faults = new List<Exception>();
        foreach (var (name, content) in files)
        {
            try
            {
                var path = Path.Combine(folder, name);
                await AtomicFile.WriteAsync(path, content(), cancellationToken);
                paths.Add(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add(fault); // the next one may be written: it is smaller, or elsewhere
            }
        }

        return faults.Count == 0 ? paths : throw new IOException(
            $"{faults[0].Message}{(faults.Count > 1 ? $" ({faults.Count} of {files.Length} files)" : "")}", faults[0]);
    }

    /// <summary>Writes the page anew, with the pictures that have come into the folder since.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <exception cref="IOException">A picture cannot be read, or the page cannot be written.</exception>
    public static Task WritePageAsync(string folder, SweepReport report, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(Path.Combine(folder, HtmlName), HtmlReport.Render(report, EmbeddedPictures.Read(folder, report.Sweep)), cancellationToken);

    /// <summary>Writes all of them anew, where what observers could not do is not what the report says.</summary>
    /// <param name="folder">The sweep's folder, which exists.</param>
    /// <param name="report">The report as it was written.</param>
    /// <param name="observers">What observers could not do, as is known now.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>The report as it stands in the folder.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static async Task<SweepReport> UpdateAsync(
        string folder, SweepReport report, IEnumerable<Diagnostic> observers, CancellationToken cancellationToken = default)
    {
        var updated = report with { Sweep = report.Sweep with { Observers = [.. observers] } };
        if (updated.Sweep.Observers.SequenceEqual(report.Sweep.Observers))
            return report;
        await WriteAsync(folder, updated, cancellationToken);
        return updated;
    }
}
