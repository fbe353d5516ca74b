using Experiments.Core.Results;
using Experiments.Slurm.Tests.Running;

namespace Experiments.Slurm.Tests.Faults;

/// <summary>What goes wrong on a cluster: each named rightly, nothing lost, nothing counted twice.</summary>
[Collection(SlurmTests.Name)]
[Trait("Needs", "slurm")]
public class FaultTests(SlurmCluster cluster)
{
    /// <summary>The first attempt of a trial of two workers waits for somebody to end it.</summary>
    private const string FirstAttemptWaits = "[ \"$EXPERIMENTS_AXIS_NUM_WORKERS${SLURM_RESTART_COUNT:-0}\" = 20 ] && sleep 60";

    [Fact]
    public async Task A_job_that_is_requeued_gives_the_result_of_its_last_attempt()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1).Before(FirstAttemptWaits);
        using var launcher = workspace.Start("run", "small.yaml");
        await RunsAsync(workspace, 2);

        await cluster.AskAsync("scontrol", "requeue", await JobAsync(workspace));
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, launcher.ExitCode);
        AssertRequeued(workspace);
    }

    [Fact]
    public async Task A_preempted_job_starts_again_when_its_turn_comes()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1).Before(FirstAttemptWaits);
        using var launcher = workspace.Start("run", "small.yaml");
        await cluster.UntilAsync(async () => (await workspace.StatusAsync()) is var status && status.Contains("1 completed", StringComparison.Ordinal) && status.Contains("1 running", StringComparison.Ordinal), "one has ended, one runs");

        await cluster.AskAsync("sbatch", "--partition=first", "--exclusive", $"--nodes={SlurmCluster.Nodes}", "--output=/dev/null", "--wrap=sleep 1");
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, launcher.ExitCode);
        AssertRequeued(workspace);
    }

    [Fact]
    public async Task A_node_whose_daemon_dies_loses_its_job_to_another_while_the_old_attempt_still_runs()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1).Before(FirstAttemptWaits);
        using var launcher = workspace.Start("run", "small.yaml");
        await RunsAsync(workspace, 2);
        var node = workspace.Starts.Single(start => start[0].EndsWith("-1", StringComparison.Ordinal) && IsOfTwoWorkers(workspace, start[0]))[2];

        cluster.Kill(node);
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);
        cluster.StartNode(node);

        Assert.Equal(0, launcher.ExitCode);
        AssertRequeued(workspace);
        Assert.NotEqual(node, workspace.Report.Sweep.Trials.Single(trial => trial.Configuration.NumWorkers == 2).Node);
        await cluster.UntilAsync(async () => (await cluster.AskAsync("sinfo", "-h", "-N", "-p", "main", "-o", "%T")).Split('\n').Count(state => state == "idle") == SlurmCluster.Nodes, "the node is back");
    }

    [Fact]
    public async Task What_somebody_cancels_is_named_is_not_submitted_again_and_is_resumed()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1).Before("[ \"$EXPERIMENTS_AXIS_NUM_WORKERS\" = 2 ] && [ ! -f go ] && sleep 60");
        using var launcher = workspace.Start("run", "small.yaml");
        await RunsAsync(workspace, 2);

        await cluster.AskAsync("scancel", await JobAsync(workspace));
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);
        workspace.Write("go", "");
        var (exitCode, codes) = (launcher.ExitCode, workspace.Codes);
        var resumed = await workspace.RunAsync("resume", "small.yaml");

        Assert.Equal(3, exitCode);
        Assert.Equal(["EXP3305"], codes);
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.Equal(2, workspace.Report.Sweep.Trials.Count);
        Assert.Equal(3, workspace.Starts.Count); // the one that was cancelled ran again, the other did not
    }

    [Fact]
    public async Task Results_are_taken_while_the_controller_is_down()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(repeats: 1).Before("while [ ! -f go ]; do sleep 0.1; done");
        using var launcher = workspace.Start("run", "small.yaml");
        await RunsAsync(workspace, 2);

        cluster.Stop("slurmctld");
        try
        {
            await cluster.UntilAsync(async () => (await cluster.TryAskAsync("scontrol", "ping")).Contains("DOWN", StringComparison.Ordinal), "the controller is down");
            workspace.Write("go", "");
            await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            cluster.StartController();
        }

        Assert.Equal(0, launcher.ExitCode);
        Assert.Equal(2, workspace.Starts.Count);
        await cluster.UntilAsync(async () => (await cluster.AskAsync("squeue", "-h")).Length == 0, "the controller knows that the jobs have ended");
    }

    [Fact]
    public async Task Jobs_that_wait_for_a_drained_node_are_told_and_a_log_folder_that_is_gone_costs_a_try()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(matrix: "[0]", repeats: 1);
        await cluster.AskAsync("scontrol", "update", "NodeName=n[1-4]", "State=DRAIN", "Reason=test");
        using var launcher = workspace.Start("run", "small.yaml");
        var output = launcher.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await cluster.UntilAsync(async () => (await cluster.AskAsync("squeue", "-h", "-o", "%r")).Contains("DRAINED", StringComparison.OrdinalIgnoreCase), "the job waits for the drained nodes");
            await Task.Delay(3000, TestContext.Current.CancellationToken); // the launcher looks too
            Directory.Delete(Path.Combine(workspace.Sweep.Path, "slurm", "batch-0001", "log"));
        }
        finally
        {
            await cluster.AskAsync("scontrol", "update", "NodeName=n[1-4]", "State=RESUME");
        }

        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);

        var text = await output;
        Assert.True(launcher.ExitCode == 0, text);
        Assert.Contains("EXP3311", text, StringComparison.Ordinal);
        Assert.Contains("EXP3306", await File.ReadAllTextAsync(Path.Combine(workspace.Sweep.Path, "slurm", "batch-0001", "0.lost"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(workspace.Starts);
    }

    [Fact]
    public async Task What_Slurm_refuses_is_told_with_its_words_and_nothing_runs()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define("executor: {slurm: {partition: nowhere}}");

        var run = await workspace.RunAsync("run", "small.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error EXP3309: sbatch: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("nowhere", run.Output, StringComparison.Ordinal);
        Assert.Empty(workspace.Starts);
    }

    [Fact]
    public async Task A_limit_of_the_site_makes_the_parts_smaller()
    {
        SlurmCluster.Needed();
        using var workspace = new SlurmWorkspace(cluster).Define(matrix: "[0, 1, 2, 3]", repeats: 1);
        workspace.WriteProgram("bin/sbatch", """
            #!/bin/bash
            grep -q -- '--array=0-0' "${!#}" && exec /usr/bin/sbatch "$@"
            echo "sbatch: error: AssocMaxSubmitJobLimit" >&2
            echo "sbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)" >&2
            exit 1
            """);

        var run = await workspace.RunAsync(workspace.Path("bin"), "run", "small.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(4, workspace.Starts.Count);
        Assert.Equal(4, run.Output.Split("submitted 1 trial to Slurm as 1 job").Length - 1);
    }

    [Fact]
    public async Task The_trials_own_limit_speaks_before_Slurms_and_Slurms_is_told_from_a_crash()
    {
        SlurmCluster.Needed();
        const string Hog = "python3 -c 'import time; x = bytearray(700 * 1048576); time.sleep(30)'";
        using var ours = new SlurmWorkspace(cluster).Define(matrix: "[0]", repeats: 1, limits: "{timeout: 60s, memory: 200MiB}").Before(Hog);
        using var theirs = new SlurmWorkspace(cluster).Define($"executor: {{slurm: {{exclusive: false, memory: 512M, setup: [\"{Hog}\"]}}}}", "[0]", 1, "{timeout: 60s}");

        var first = await ours.RunAsync("run", "small.yaml");
        var second = await theirs.RunAsync("run", "small.yaml");

        Assert.True(first.ExitCode == 1, first.ToString());
        Assert.Equal(["EXP3004"], ours.Codes);
        Assert.True(second.ExitCode == 1, second.ToString());
        Assert.Equal(["EXP3301"], theirs.Codes);
        Assert.Equal(TrialStatus.BlownUp, Assert.Single(theirs.Report.Sweep.Trials).Status);
    }

    [Fact]
    public async Task Setup_that_fails_and_a_folder_that_the_node_lacks_are_named()
    {
        SlurmCluster.Needed();
        using var setup = new SlurmWorkspace(cluster).Define("executor: {slurm: {exclusive: false, setup: [\"true\", \"echo no such module; false\"]}}", "[0]", 1);

        var run = await setup.RunAsync("run", "small.yaml");

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Equal(["EXP3315"], setup.Codes);
        Assert.Contains("it last said: no such module", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Empty(setup.Starts);
    }

    private Task RunsAsync(SlurmWorkspace workspace, int trials) => cluster.UntilAsync(() => Task.FromResult(workspace.Starts.Count >= trials), $"{trials} trials have started");

    private static bool IsOfTwoWorkers(SlurmWorkspace workspace, string trialId) => workspace.Sweep.ReadManifest().Plan.Trials.Single(trial => trial.Id == trialId).Configuration.NumWorkers == 2;

    /// <summary>The job of the trial with two workers, which runs.</summary>
    private async Task<string> JobAsync(SlurmWorkspace workspace)
    {
        var batch = new Experiments.Slurm.Batches.SlurmFolder(workspace.Sweep).Read().Single().Batch;
        var task = batch.Tasks.Index().Single(one => one.Item.Orders.Any(order => order.Trial.Configuration.NumWorkers == 2)).Index;
        return (await cluster.AskAsync("squeue", "-h", "-r", "--states=RUNNING", $"--name={batch.JobName}", "-o", "%K %F_%K")).Split('\n').Single(line => line.StartsWith($"{task} ", StringComparison.Ordinal)).Split(' ')[1];
    }

    /// <summary>Each trial has one result; that of two workers is of its second start.</summary>
    private static void AssertRequeued(SlurmWorkspace workspace)
    {
        var trials = workspace.Report.Sweep.Trials;
        Assert.Equal([TrialStatus.Completed, TrialStatus.Completed], trials.Select(trial => trial.Status));
        Assert.Equal(2, workspace.Journal().Count);
        Assert.Single(trials.Single(trial => trial.Configuration.NumWorkers == 2).Diagnostics, one => one.Code == "EXP3314");
        Assert.DoesNotContain(trials.Single(trial => trial.Configuration.NumWorkers == 0).Diagnostics, one => one.Code == "EXP3314");
        Assert.Equal(["0", "1"], workspace.Starts.Where(start => IsOfTwoWorkers(workspace, start[0])).Select(start => start[1]).Order(StringComparer.Ordinal));
    }
}
