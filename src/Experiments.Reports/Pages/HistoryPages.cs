using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Html;

namespace Experiments.Reports.Pages;

/// <summary>Writes the pages of many experiments and months of nights. Each file needs nothing but itself; they lead to each other.</summary>
public static class HistoryPages
{
    /// <summary>Writes the page of one sweep, which is its report.</summary>
    /// <param name="folder">The folder of all pages.</param>
    /// <param name="report">The report.</param>
    /// <param name="sweepFolder">The sweep's folder, whose pictures the page takes in; null: it has none, and is small.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>Where the experiment's page leads to.</returns>
    /// <exception cref="IOException">A picture cannot be read, or the page cannot be written.</exception>
    public static async Task<string> WriteSweepAsync(string folder, SweepReport report, string? sweepFolder, CancellationToken cancellationToken = default)
    {
        var name = PagePaths.Sweep(report.Sweep.SweepId);
        var pictures = sweepFolder is null ? [] : EmbeddedPictures.Read(sweepFolder, report.Sweep);
        var place = Directory.CreateDirectory(Path.Combine(folder, PagePaths.FileName(report.Sweep.Experiment))).FullName;
        await AtomicFile.WriteAsync(Path.Combine(place, name), HtmlReport.Render(report, pictures), cancellationToken);
        return name;
    }

    /// <summary>Writes the page of one experiment.</summary>
    /// <param name="folder">The folder of all pages.</param>
    /// <param name="nights">What it shows: at least one night.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static Task<string> WriteExperimentAsync(string folder, ExperimentNights nights, CancellationToken cancellationToken = default) =>
        WriteAsync(Path.Combine(folder, PagePaths.FileName(nights.Name), PagePaths.Index), ExperimentPage.Render(nights), cancellationToken);

    /// <summary>Writes the first page.</summary>
    /// <param name="folder">The folder of all pages.</param>
    /// <param name="experiments">The experiments, in the order in which they are shown.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static Task<string> WriteIndexAsync(string folder, IReadOnlyList<ExperimentOverview> experiments, CancellationToken cancellationToken = default) =>
        WriteAsync(Path.Combine(folder, PagePaths.Index), IndexPage.Render(experiments), cancellationToken);

    private static async Task<string> WriteAsync(string path, string page, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await AtomicFile.WriteAsync(path, page, cancellationToken);
        return path;
    }
}
