using System.Globalization;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Html;
using Experiments.Reports.Tracking;
using ScottPlot;

namespace Experiments.Reports.Pictures;

/// <summary>
/// Pictures of a sweep, in the folder <c>pictures</c> beside its results, each as SVG and PNG: memory over time for each configuration, throughput and peak
/// memory against the number of workers for each dataset.
/// </summary>
public static class SweepPictures
{
    /// <summary>The folder's name.</summary>
    public const string FolderName = "pictures";

    /// <summary>Configurations that get a picture; of more, the first.</summary>
    public const int MostConfigurations = 64;

    /// <summary>Draws and writes them.</summary>
    /// <param name="folder">The sweep's folder, with the trials' folders in it.</param>
    /// <param name="report">The report.</param>
    /// <param name="warmupSteps">Steps of a trial that are not measured.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>The paths written; empty when no trial has telemetry.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="TypeInitializationException">The machine has no library to draw with.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(string folder, SweepReport report, int warmupSteps, CancellationToken cancellationToken = default)
    {
        var paths = new List<string>();
        foreach (var configuration in report.Sweep.Configurations.Take(MostConfigurations))
        {
            if (Of(folder, configuration, report.Sweep, warmupSteps) is not { } picture)
                continue;
            using var plot = picture.Draw();
            var svg = plot.GetSvgXml(MemoryPicture.Width, MemoryPicture.Height);
            var png = plot.GetImageBytes(MemoryPicture.Width, MemoryPicture.Height, ImageFormat.Png);
            paths.AddRange(await WriteAsync(folder, NameOf(configuration), svg, png, cancellationToken));
        }

        foreach (var (charts, index) in SweepCharts.Of(report).Select((charts, index) => (charts, index)).Where(each => each.charts.HasLine))
        {
            var plots = new WorkersPicture { Charts = charts, LimitBytes = report.Sweep.MemoryLimitBytes }.Draw();
            var (svg, png) = (plots.GetSvgXml(WorkersPicture.Width, WorkersPicture.Height), plots.Render(WorkersPicture.Width, WorkersPicture.Height).GetImageBytes(ImageFormat.Png));
            paths.AddRange(await WriteAsync(folder, NameOf(charts.Dataset, index), svg, png, cancellationToken));
        }

        return paths;
    }

    /// <summary>The name of a configuration's picture, without folder and extension.</summary>
    internal static string NameOf(Configuration configuration) => PictureName.Of("memory", configuration.Name, configuration.Id);

    /// <summary>The pictures that a sweep may have: the file's name, and one that tells people what it shows in a narrow list; both without extension.</summary>
    internal static IEnumerable<(string File, string Shown)> NamesOf(SweepReport report)
    {
        foreach (var configuration in report.Sweep.Configurations.Take(MostConfigurations))
            yield return (NameOf(configuration), $"{FolderOf(configuration.Dataset)}/memory {RunNames.Of(configuration).Replace('/', '_')}".TrimEnd());
        foreach (var (charts, index) in SweepCharts.Of(report).Select((charts, index) => (charts, index)))
            yield return (NameOf(charts.Dataset, index), $"{FolderOf(charts.Dataset)}/workers");
    }

    private static string NameOf(string? dataset, int index) => PictureName.Of("workers", dataset ?? "all", string.Create(CultureInfo.InvariantCulture, $"{index + 1}"));

    private static string FolderOf(string? dataset) => dataset is null ? FolderName : RunNames.Key(dataset.Replace('/', '_'));

    private static async Task<IReadOnlyList<string>> WriteAsync(string folder, string name, string svg, byte[] png, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, FolderName)).FullName, name);
        await AtomicFile.WriteAsync(path + ".svg", svg, cancellationToken);
        await AtomicFile.WriteAsync(path + ".png", png, cancellationToken);
        return [path + ".svg", path + ".png"];
    }

    private static MemoryPicture? Of(string folder, Configuration configuration, SweepResult sweep, int warmupSteps)
    {
        var trials = sweep.Trials.Where(trial => trial.Configuration.Id == configuration.Id)
            .Select(trial => (Trial: trial, Folder: Path.Combine(folder, "trials", trial.TrialId)))
            .Select(each => (each.Trial, each.Folder, Curve: MemoryCurve.Parse(RecordedTelemetry.Read(each.Folder)))).Where(each => each.Curve is not null).ToList();
        if (trials.Count == 0 || trials.All(each => each.Curve!.UsedBytes.Max() <= 0))
            return null;
        var (first, place, curve) = trials[0];
        return new MemoryPicture
        {
            Name = configuration.Name,
            Trials = [.. trials.Select(each => (each.Trial.Repeat, each.Curve!))],
            Spans = TrialSpan.Of(RecordedEvents.Read(place), first.StartedAt.ToUnixTimeMilliseconds() / 1000.0, warmupSteps, Math.Max(first.DurationSeconds, curve!.Seconds[^1])),
            Method = first.Telemetry?.MemoryMethod ?? "an unknown method",
            LimitBytes = sweep.MemoryLimitBytes,
            ForeseenBytes = first.Forecast?.PeakBytes,
        };
    }
}
