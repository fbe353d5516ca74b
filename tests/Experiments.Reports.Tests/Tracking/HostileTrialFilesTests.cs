using System.Diagnostics;
using Experiments.Core.Events;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Tests.Tracking;

/// <summary>What trials leave in their folders, when the record of the sweep is made from them.</summary>
public sealed class HostileTrialFilesTests : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("experiments-hostile-");
    private readonly IMlflowStore store;

    public HostileTrialFilesTests() => store = MlflowStore.Open(new MlflowOptions { TrackingUri = $"sqlite:///{folder.FullName}/mlflow.db" });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Names_that_a_store_refuses_become_safe_ones_and_no_two_files_become_one()
    {
        var names = ArtifactNames.Of(["a?b.txt", "a#b.txt", "a_b.txt", "back\\slash", "x\ny", "C:z", "dir/\u202eevil", "dir/na\u00efve \U0001F600"]);

        Assert.Equal("a_b.txt", names["a_b.txt"]);
        Assert.Equal(("a_b-2.txt", "a_b-3.txt"), (names["a#b.txt"], names["a?b.txt"]));
        Assert.Equal(("back_slash", "x_y", "C_z", "dir/_evil"), (names["back\\slash"], names["x\ny"], names["C:z"], names["dir/\u202eevil"]));
        Assert.Equal("dir/na\u00efve \U0001F600", names["dir/na\u00efve \U0001F600"]);
        Assert.Equal(names.Count, names.Values.Distinct().Count());
    }

    [Theory]
    [InlineData("mkfifo pipe", "pipe (no plain file, or not readable)", null)]
    [InlineData("rm events.jsonl; mkfifo events.jsonl", "events.jsonl (no plain file, or not readable)", null)]
    [InlineData("mkfifo telemetry.csv", "telemetry.csv (no plain file, or not readable)", null)]
    [InlineData("printf x > \"$(printf 'caf\\351')\"", "caf\uFFFD (its name is not UTF-8)", null)]
    [InlineData("printf x > 'back\\slash'", null, "back\\slash as back_slash")]
    [InlineData("printf x > \"$(printf 'a\\nb')\"", null, "a\\u000ab as a_b")]
    [InlineData("printf x > '50%?.txt'", null, "50%?.txt as 50__.txt")]
    public async Task A_sweep_is_published_whole_whatever_its_trials_left(string make, string? skipped, string? renamed)
    {
        if (OperatingSystem.IsWindows())
            return;
        var start = SampleReport.Start(Path.Combine(folder.FullName, "sweep"));
        var trial = Directory.CreateDirectory(Path.Combine(start.Folder, "trials", start.Plan.Trials[0].Id)).FullName;
        File.WriteAllText(Path.Combine(trial, "events.jsonl"), "");
        Shell(trial, make);
        var report = SampleReport.Report;

        // A reader that waits for ever fails the test instead of hanging it.
        var outcome = await Task.Run(() => new MlflowPublisher(store).PublishAsync(start, report, Cancellation), Cancellation).WaitAsync(TimeSpan.FromMinutes(2), Cancellation);

        Assert.Empty(outcome.Problems);
        var runs = await store.SearchAllRunsAsync(new() { ExperimentIds = [(await store.FindExperimentAsync("meld-da", Cancellation))!.Id] }, Cancellation).ToListAsync(Cancellation);
        var run = runs.Single(one => Tag(one, TrackingTags.TrialId) == start.Plan.Trials[0].Id);
        Assert.Equal((skipped, renamed), (Tag(run, TrackingTags.SkippedArtifacts), Tag(run, TrackingTags.RenamedArtifacts)));
        if (renamed is not null)
            Assert.Contains(await store.ListArtifactsAsync(run.Id, null, Cancellation), artifact => renamed.EndsWith(" as " + artifact.Path, StringComparison.Ordinal) && !artifact.IsFolder);
    }

    [Theory]
    [InlineData("mkfifo x")]
    [InlineData("ln -s /dev/zero x")]
    [InlineData("true")]
    public async Task A_file_that_became_none_while_it_waited_to_be_sent_is_put_aside_and_not_tried_for_ever(string make)
    {
        if (OperatingSystem.IsWindows())
            return;
        Shell(folder.FullName, make);
        await using var outbox = new Mlflow.Outbox.MlflowOutbox(store, new() { Experiment = "e", Folder = Path.Combine(folder.FullName, "outbox"), CloseTimeout = TimeSpan.Zero });
        outbox.StartRun(new() { Key = "run", Name = "run" });
        outbox.Upload("run", Path.Combine(folder.FullName, "x"));

        Assert.True(await outbox.FlushAsync(TimeSpan.FromMinutes(1), Cancellation));
        Assert.Equal(1, outbox.Status.RejectedOperations);
        Assert.Contains(Path.Combine(folder.FullName, "x"), outbox.Status.FirstRejection, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_of_millions_of_points_is_thinned_the_same_way_each_time()
    {
        var events = Enumerable.Range(1, 2_000_000).Select(step => (TrialEvent)new StepEvent(step, 8, 0.1, 0.2, step)).ToList();

        var points = new StepCurves(default).Points(events);
        var again = new StepCurves(default);

        Assert.Equal(3 * (10_000 + 9_000 + 9_000 + 1_000), points.Count(point => point.Key.StartsWith("steps/", StringComparison.Ordinal)));
        Assert.Equal(2 * 21, points.Count(point => !point.Key.StartsWith("steps/", StringComparison.Ordinal))); // the figures so far, at powers of two
        Assert.Equal(10_000, points.Count(point => point is { Key: "steps/step_ms", Step: <= 10_000 }));
        Assert.Equal(points, events.Chunk(777).SelectMany(part => again.Points(part)));
    }

    [Fact]
    public void Curves_without_end_are_not_kept()
    {
        var points = new StepCurves(default).Points(Enumerable.Range(0, 5000).Select(name => new MetricEvent($"m{name}", 1, 1, 1)));

        Assert.Equal(1000, points.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        Shell("/", $"rm -rf {folder.FullName}"); // .NET cannot delete a file whose name is not UTF-8
    }

    private static string? Tag(MlflowRun run, string key) => run.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;

    private static void Shell(string folder, string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
