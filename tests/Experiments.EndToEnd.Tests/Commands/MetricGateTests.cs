using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Gates over what a training logs, through the command line, and what is repeated after a fix.</summary>
public sealed class MetricGateTests : IDisposable
{
    private const string Loss = """echo "{\"type\":\"metric\",\"name\":\"val_loss\",\"value\":$(cat loss)}" >> "$EXPERIMENTS_EVENTS" """;

    private readonly Workspace _workspace = new();

    public MetricGateTests()
    {
        _workspace.Write("train.sh", $"{Trainings.Good}\n{Loss}\n");
        _workspace.Write("loss", "0.5");
        _workspace.Write("small.yaml", Definition("val_loss: {max_increase: 2%}"));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_loss_that_rose_over_the_baseline_is_red_at_its_gate()
    {
        Assert.Contains("Verdict: pass, compared with no baseline", (await _workspace.RunAsync("run", "small.yaml")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _workspace.RunAsync("baseline", "accept", "small.yaml")).ExitCode);
        Assert.Contains("Verdict: pass (", (await _workspace.RunAsync("run", "small.yaml")).Output, StringComparison.Ordinal);

        _workspace.Write("loss", "0.52");
        var risen = await _workspace.RunAsync("run", "small.yaml");

        Assert.True(risen.ExitCode == 1, risen.ToString());
        Assert.Contains(risen.Lines, line => line.StartsWith("small.yaml(7,", StringComparison.Ordinal)
            && line.EndsWith("error EXP2031: val_loss 0.52 is 4.0 % above the baseline's 0.5, more than 2.0 %, at num_workers=0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_metric_that_no_trial_logged_is_not_measured()
    {
        _workspace.Write("small.yaml", Definition("val_los: {max: 2}"));

        var run = await _workspace.RunAsync("run", "small.yaml");

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains("error EXP2007: val_los was logged by no trial (did you mean val_loss?) at num_workers=0", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_fix_the_failed_trials_alone_run_again()
    {
        _workspace.Write("small.yaml", Definition("val_loss: {max: 2}").Replace("[0]", "[0, 2]", StringComparison.Ordinal));
        _workspace.Write("train.sh", $"echo $EXPERIMENTS_AXIS_NUM_WORKERS >> ran\n[ $EXPERIMENTS_AXIS_NUM_WORKERS = 2 ] && exit 7\n{Trainings.Good}\n{Loss}\n");
        Assert.Equal(3, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);
        Assert.Equal(2, (await _workspace.RunAsync("resume", "small.yaml")).ExitCode); // it was not cut off

        _workspace.Write("train.sh", $"echo $EXPERIMENTS_AXIS_NUM_WORKERS >> ran\n{Trainings.Good}\n{Loss}\n");
        var mended = await _workspace.RunAsync("resume", "small.yaml", "--failed");

        Assert.True(mended.ExitCode == 0, mended.ToString());
        var ran = File.ReadAllLines(Path.Combine(_workspace.Folder, "ran"));
        Assert.Equal((6, "2", "2"), (ran.Length, ran[^2], ran[^1]));
        Assert.NotEmpty(_workspace.SweepFolder("small")); // the one sweep
        var nothing = await _workspace.RunAsync("resume", "small.yaml", "--failed");
        Assert.Equal(2, nothing.ExitCode);
        Assert.Contains("error EXP3046: no trial of sweep ", nothing.Output, StringComparison.Ordinal);
    }

    private static string Definition(string gate) =>
        $"name: small\ntrain: {{command: [sh, train.sh], steps: 8, warmup_steps: 2}}\nmatrix: {{num_workers: [0]}}\nrepeats: 2\ngates:\n  metrics:\n    {gate}\n";
}
