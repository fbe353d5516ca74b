using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Queries;
using Experiments.Slurm.Tests.Running;

namespace Experiments.Slurm.Tests.Sweeps;

/// <summary>Sweeps on a real Slurm.</summary>
[Collection(SlurmTests.Name)]
[Trait("Needs", "slurm")]
public class SlurmSweepTests(SlurmCluster cluster)
{
    private static readonly string[] ForeseenOrChance = ["foreseen", "page_cache", "peak_rss", "peak_bound", "shared_free", "pressure/", "disk/", "io/"];

    [Fact]
    public async Task A_sweep_on_four_nodes_has_the_verdict_the_results_and_the_runs_of_a_local_one()
    {
        SlurmCluster.Needed();
        using var there = new SlurmWorkspace(cluster).Define("executor: {slurm: {}}", matrix: "[0, 1, 2]"); // exclusive: a job a node
        using var here = new SlurmWorkspace(cluster).Define(matrix: "[0, 1, 2]");

        var slurm = await there.RunAsync("run", "small.yaml");
        var local = await here.RunAsync("run", "small.yaml", "--executor", "local");

        Assert.True(slurm.ExitCode == 0, slurm.ToString());
        Assert.True(local.ExitCode == 0, local.ToString());
        Assert.Contains("submitted 6 trials to Slurm as 6 jobs", slurm.Output, StringComparison.Ordinal);
        var (far, near) = (there.Report, here.Report);
        Assert.Equal(near.Assessment.Verdict, far.Assessment.Verdict);
        Assert.Equal(near.Sweep.Machine.Id, far.Sweep.Machine.Id);
        Assert.Equal(near.Sweep.Trials.Select(Essence), far.Sweep.Trials.Select(Essence));
        Assert.Equal(near.Sweep.Trials.Select(trial => trial.Metric(MetricKeys.SamplesPerSecond)), far.Sweep.Trials.Select(trial => trial.Metric(MetricKeys.SamplesPerSecond)));
        Assert.All(far.Sweep.Trials, trial => Assert.Equal(far.Sweep.Machine.Id, trial.Machine));
        Assert.True(far.Sweep.Trials.Select(trial => trial.Node).Distinct().Count() > 1, "all ran on one node");
        Assert.Equal(FilesOf(here), FilesOf(there));
        Assert.Equal(await RunsAsync(here), await RunsAsync(there));
    }

    [Fact]
    public async Task A_launcher_that_is_killed_is_followed_by_another_in_another_folder_and_every_trial_starts_once()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(matrix: "[0, 1, 2, 4]").Before("sleep 1");
        using var launcher = workspace.Start("run", "small.yaml");
        await cluster.UntilAsync(() => Task.FromResult(workspace.Starts.Count >= 2), "two trials have started");
        launcher.Kill();
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);

        var resumed = await workspace.RunElsewhereAsync("resume");

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(8, workspace.Starts.Count);
        Assert.Equal(8, workspace.Starts.Select(start => start[0]).Distinct().Count());
        Assert.Equal(8, workspace.Journal().Count);
        Assert.DoesNotContain("submitted", resumed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kill -9 $PPID; exit 1")]
    [InlineData("/usr/bin/sbatch \"$@\"; kill -9 $PPID")]
    public async Task A_launcher_that_dies_while_it_submits_leaves_no_trial_twice_and_none_out(string sbatch)
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1);
        workspace.WriteProgram("bin/sbatch", $"#!/bin/bash\n{sbatch}\n");
        await workspace.RunAsync(workspace.Path("bin"), "run", "small.yaml");
        Assert.Single(Directory.GetDirectories(Path.Combine(workspace.Sweep.Path, "slurm")));

        var resumed = await workspace.RunElsewhereAsync("resume");

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(2, workspace.Starts.Count);
        Assert.Equal(2, workspace.Starts.Select(start => start[0]).Distinct().Count());
    }

    [Fact]
    public async Task A_sweep_that_is_left_alone_shows_how_far_it_is_and_gives_its_results_to_who_attaches()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(executor: "", matrix: "[0, 1, 2]", repeats: 1).Before("while [ ! -f go ]; do sleep 0.1; done");

        var submitted = await workspace.RunAsync("run", "small.yaml", "--executor", "slurm", "--detach");
        Assert.True(submitted.ExitCode == 0, submitted.ToString());
        await cluster.UntilAsync(async () => (await workspace.StatusAsync()).Contains("3 running", StringComparison.Ordinal), "three trials run");
        var status = await workspace.StatusAsync();
        var local = await workspace.RunAsync("resume", "small.yaml", "--executor", "local");
        workspace.Write("go", "");
        var attached = await workspace.RunElsewhereAsync("attach");

        Assert.Contains("has 3 trials on Slurm", submitted.Output, StringComparison.Ordinal);
        Assert.Matches(@"num_workers=1 +pin_memory=false.*running +n\d", status.ReplaceLineEndings(" "));
        Assert.Contains("EXP3313", local.Output, StringComparison.Ordinal);
        Assert.True(attached.ExitCode == 0, attached.ToString());
        Assert.Equal(3, workspace.Starts.Count);
        Assert.Contains("3 completed", await workspace.StatusAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sweep_that_is_cancelled_leaves_no_job_and_is_resumed_without_what_it_had_done()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1).Before("case $EXPERIMENTS_AXIS_NUM_WORKERS in 2) while [ ! -f go ]; do sleep 0.1; done ;; esac");
        using var launcher = workspace.Start("run", "small.yaml");
        await cluster.UntilAsync(async () => (await workspace.StatusAsync()) is var status && status.Contains("1 completed", StringComparison.Ordinal) && status.Contains("1 running", StringComparison.Ordinal), "one has ended, one runs");

        var cancelled = await workspace.RunElsewhereAsync("cancel");
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);
        await cluster.UntilAsync(async () => (await cluster.AskAsync("squeue", "-h")).Length == 0, "no job is left");
        workspace.Write("go", "");
        var resumed = await workspace.RunAsync("resume", "small.yaml");

        Assert.True(cancelled.ExitCode == 0, cancelled.ToString());
        Assert.Contains("called back 1 trial", cancelled.Output, StringComparison.Ordinal);
        Assert.Contains("EXP3318", await launcher.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Single(workspace.Starts, start => start[0] == workspace.Report.Sweep.Trials.Single(trial => trial.Configuration.NumWorkers == 0).TrialId);
        Assert.Equal(2, workspace.Journal().Count);
    }

    [Fact]
    public async Task Trials_share_a_job_when_they_are_packed_and_arrays_end_where_the_site_says()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(executor: "executor: {slurm: {exclusive: false, pack: 2}}", matrix: "[0, 1, 2, 3, 4, 5, 6, 7]", repeats: 2);

        var run = await workspace.RunAsync("run", "small.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("submitted 12 trials to Slurm as 6 jobs", run.Output, StringComparison.Ordinal); // MaxArraySize is 6
        Assert.Contains("submitted 4 trials to Slurm as 2 jobs", run.Output, StringComparison.Ordinal);
        Assert.Equal(16, workspace.Starts.Select(start => start[0]).Distinct().Count());
        Assert.Equal(16, workspace.Starts.Count);
    }

    /// <summary>Trials that run at once are not foreseen from each other. Whether a trial read a file from the disk is chance, and of trials as short as these so is whether anybody looked while they ran.</summary>
    private static bool IsForeseenOrChance(string key) =>
        ForeseenOrChance.Any(part => key.Contains(part, StringComparison.Ordinal)) || key.StartsWith("usage/", StringComparison.Ordinal) || key.StartsWith("cpu/", StringComparison.Ordinal);

    private static (string, TrialStatus, int?, int) Essence(TrialResult trial) => (trial.TrialId, trial.Status, trial.ExitCode, trial.Diagnostics.Count(one => one.Code != "EXP3312"));

    private static IEnumerable<string> FilesOf(SlurmWorkspace workspace) =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(workspace.Sweep.Path, "trials"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(workspace.Sweep.Path, path)).Order(StringComparer.Ordinal)];

    /// <summary>The runs of a sweep: names, states, and the names of what they hold.</summary>
    private static async Task<IReadOnlyList<string>> RunsAsync(SlurmWorkspace workspace)
    {
        await using var store = MlflowStore.Open(new MlflowOptions { TrackingUri = $"sqlite:///{workspace.Folder}/mlflow.db" });
        var experiment = (await store.FindExperimentAsync("small", TestContext.Current.CancellationToken))!;
        var runs = await store.SearchRunsAsync(new RunQuery { ExperimentIds = [experiment.Id], MaxResults = 100 }, TestContext.Current.CancellationToken);
        return [.. runs.Items.Select(run => $"{run.Name.Split(' ')[0]} {run.Status} {string.Join(',', run.LatestMetrics.Select(metric => metric.Key).Where(key => !IsForeseenOrChance(key)).Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal)];
    }
}
