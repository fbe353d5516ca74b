using System.Globalization;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Pictures;

/// <summary>Pictures of a sweep, in the folder <c>pictures</c> beside its results: memory over time, an SVG and a PNG a configuration.</summary>
public static class SweepPictures
{
    /// <summary>The folder's name.</summary>
    public const string FolderName = "pictures";

    /// <summary>Configurations that get a picture; of more, the first.</summary>
    public const int MostConfigurations = 64;

    private const int LongestName = 100;

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
            Directory.CreateDirectory(Path.Combine(folder, FolderName));
            var path = Path.Combine(folder, FolderName, NameOf(configuration));
            await AtomicFile.WriteAsync(path + ".svg", plot.GetSvgXml(MemoryPicture.Width, MemoryPicture.Height), cancellationToken);
            await AtomicFile.WriteAsync(path + ".png", plot.GetImageBytes(MemoryPicture.Width, MemoryPicture.Height, ScottPlot.ImageFormat.Png), cancellationToken);
            paths.AddRange([path + ".svg", path + ".png"]);
        }

        return paths;
    }

    private static MemoryPicture? Of(string folder, Configuration configuration, SweepResult sweep, int warmupSteps)
    {
        var trials = sweep.Trials.Where(trial => trial.Configuration.Id == configuration.Id)
            .Select(trial => (Trial: trial, Folder: Path.Combine(folder, "trials", trial.TrialId)))
            .Select(each => (each.Trial, each.Folder, Curve: Curve(Path.Combine(each.Folder, "telemetry.csv")))).Where(each => each.Curve is not null).ToList();
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

    private static MemoryCurve? Curve(string file) => File.Exists(file) ? MemoryCurve.Parse(File.ReadLines(file)) : null;

    private static string NameOf(Configuration configuration)
    {
        var words = string.Concat(configuration.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '=' or '-' or '.' ? letter : '_'));
        return string.Create(CultureInfo.InvariantCulture, $"memory_{(words.Length > LongestName ? words[..LongestName] : words)}_{configuration.Id}");
    }
}
