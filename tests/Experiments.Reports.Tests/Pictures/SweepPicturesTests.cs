using System.Globalization;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Pictures;

namespace Experiments.Reports.Tests.Pictures;

public sealed class SweepPicturesTests : IDisposable
{
    private static readonly string[] Telemetry = ["elapsed_s,used_bytes,anonymous_bytes,shared_bytes,page_cache_bytes", "0.1,1000,1000,0,5", "0.2,3000,2000,1000,5", "0.3,tor"];

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-pictures-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Every_configuration_with_telemetry_has_an_svg_and_a_png_with_its_name_axes_limit_and_phases()
    {
        var report = SampleReport.Report;
        var sweep = report.Sweep with { MemoryLimitBytes = 2L << 30 };
        var trial = sweep.Trials.First(one => one.IsMeasured);
        var place = Directory.CreateDirectory(Path.Combine(_folder, "trials", trial.TrialId)).FullName;
        File.WriteAllLines(Path.Combine(place, "telemetry.csv"), ["elapsed_s,used_bytes,anonymous_bytes,shared_bytes,page_cache_bytes",
            .. Enumerable.Range(0, 100).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row / 10.0:0.000},{(row * 15L) << 20},0,{(row * 5L) << 20},0"))]);
        var start = trial.StartedAt.ToUnixTimeMilliseconds() / 1000.0;
        File.WriteAllLines(Path.Combine(place, "events.jsonl"), [
            "{\"schemaVersion\":1}",
            string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"phase\",\"name\":\"first_batch\",\"t\":{start + 2}}}"),
            .. Enumerable.Range(1, 7).Select(step => string.Create(CultureInfo.InvariantCulture, $"{{\"type\":\"step\",\"step\":{step},\"samples\":1,\"wait_s\":0,\"step_s\":1,\"t\":{start + 2 + step}}}"))]);

        var paths = await SweepPictures.WriteAsync(_folder, report with { Sweep = sweep }, warmupSteps: 3, TestContext.Current.CancellationToken);

        Assert.Collection(paths.Where(path => Path.GetFileName(path).StartsWith("memory_", StringComparison.Ordinal)), path => Assert.EndsWith($"{trial.Configuration.Id}.svg", path, StringComparison.Ordinal), path => Assert.EndsWith(".png", path, StringComparison.Ordinal));
        var letters = Letters(File.ReadAllText(paths[0]));
        Assert.All(
            new[] { trial.Configuration.Name, "memory, GiB", "seconds since the trial's start", "limit 2.0 GiB", "trial 1: peak 1.5 GiB", "shared: up to 495 MiB", "start", "warm-up", "measured" },
            words => Assert.Contains(words.Replace(" ", "", StringComparison.Ordinal), letters, StringComparison.Ordinal));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(paths[1])[..4]);
        Assert.Equal(paths.Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(_folder, SweepPictures.FolderName)).Order(StringComparer.Ordinal)); // nothing temporary is left
        Assert.Contains("data:image/svg+xml", await PageAsync(report with { Sweep = sweep }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_dataset_has_a_picture_of_throughput_and_peak_memory_against_the_number_of_workers()
    {
        var report = SampleReport.Report with { Sweep = SampleReport.Sweep with { MemoryLimitBytes = 10L << 30 } };

        var paths = await SweepPictures.WriteAsync(_folder, report, warmupSteps: 3, TestContext.Current.CancellationToken);

        Assert.Equal(["workers_MELD-DA_1.svg", "workers_MELD-DA_1.png", "workers__b__odd___name__2.svg", "workers__b__odd___name__2.png"], paths.Select(Path.GetFileName));
        var letters = Letters(File.ReadAllText(paths[0]));
        Assert.All(
            new[] { "samples/s, MELD-DA", "peak memory, GiB, MELD-DA", "num_workers", "pin_memory=false", "limit 10.0 GiB", "16" },
            words => Assert.Contains(words.Replace(" ", "", StringComparison.Ordinal), letters, StringComparison.Ordinal));
        Assert.Contains("peakmemory,GiB,<b>|odd,\"name\"", Letters(File.ReadAllText(paths[2])), StringComparison.Ordinal);
        Assert.DoesNotContain("limit", Letters(File.ReadAllText(paths[2])), StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(paths[1])[..4]);
    }

    [Fact]
    public void No_text_of_a_picture_of_memory_is_cut_off()
    {
        var picture = new MemoryPicture
        {
            Name = "num_workers=2", Trials = [(1, MemoryCurve.Parse(Telemetry)!)], Spans = [], Method = "/proc/PID/smaps_rollup of each process", LimitBytes = 8L << 30,
        };

        using var plot = picture.Draw();
        Assert.All(LeftEdges(plot.GetSvgXml(MemoryPicture.Width, MemoryPicture.Height)), edge => Assert.True(edge >= 0, $"a text begins at {edge}, left of the picture"));
    }

    [Fact]
    public async Task Without_telemetry_and_numbers_of_workers_to_compare_there_is_no_picture()
    {
        var sweep = SampleReport.Sweep with { Trials = [.. SampleReport.Sweep.Trials.Where(trial => trial.Configuration.NumWorkers == 2)] };
        Assert.Empty(await SweepPictures.WriteAsync(_folder, SampleReport.Report with { Sweep = sweep }, 0, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_torn_row_of_telemetry_is_skipped()
    {
        var curve = MemoryCurve.Parse(Telemetry);

        Assert.Equal([0.1, 0.2], curve!.Seconds);
        Assert.Equal([1000.0, 3000], curve.UsedBytes);
        Assert.Equal([0.0, 1000], curve.SharedBytes);
        Assert.Null(MemoryCurve.Parse([]));
        Assert.Null(MemoryCurve.Parse(["elapsed_s,used_bytes"]));
    }

    [Fact]
    public void Spans_follow_the_events()
    {
        TrialEvent[] events = [new PhaseEvent(PhaseNames.FirstBatch, new Dictionary<string, string>(), 102), .. Enumerable.Range(1, 6).Select(step => new StepEvent(step, 1, 0, 1, 102 + step))];

        Assert.Equal([new("start", 0, 2), new("warm-up", 2, 4), new("measured", 4, 8), new("end", 8, 9)], TrialSpan.Of(events, 100, 2, 9));
        Assert.Empty(TrialSpan.Of([], 100, 2, 9));
        Assert.Equal([new("start", 0, 2), new("measured", 2, 8)], TrialSpan.Of(events, 100, 0, 8));
    }

    private async Task<string> PageAsync(SweepReport report)
    {
        await ReportFiles.WritePageAsync(_folder, report, TestContext.Current.CancellationToken);
        return await File.ReadAllTextAsync(Path.Combine(_folder, ReportFiles.HtmlName), TestContext.Current.CancellationToken);
    }

    /// <summary>Where each line of text begins, from the picture's left edge.</summary>
    private static IEnumerable<double> LeftEdges(string svg) => System.Xml.Linq.XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text" && ((string?)element.Attribute("transform") ?? "").StartsWith("translate", StringComparison.Ordinal))
        .Select(element => First((string)element.Attribute("transform")!) + First((string)element.Attribute("x")!));

    private static double First(string numbers) => double.Parse(numbers.Split(['(', ',', ' '], StringSplitOptions.RemoveEmptyEntries).First(word => char.IsAsciiDigit(word[^1])), CultureInfo.InvariantCulture);

    /// <summary>The text elements' letters: each stands at a place of its own.</summary>
    private static string Letters(string svg) => string.Concat(System.Xml.Linq.XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text")
        .Select(element => element.Value)).Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("").Replace("\t", "", StringComparison.Ordinal);
}
