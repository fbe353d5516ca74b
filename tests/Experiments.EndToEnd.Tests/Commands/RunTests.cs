using System.Text.Json;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Whole sweeps through the command line, with shell scripts as trainings.</summary>
public class RunTests
{
    [Fact]
    public async Task A_sweep_ends_with_verdict_advice_place_and_the_command_that_opens_mlflow()
    {
        using var workspace = new Workspace();

        var run = await RunAsync(workspace, Trainings.Good, Trainings.Definition);

        Assert.True(run.ExitCode == 0, run.ToString());
        var folder = workspace.SweepFolder("small");
        Assert.Equal(1 + 4, File.ReadAllLines(Path.Combine(folder, "results.csv")).Length);
        Assert.All(
            new[] { "plan.json", "journal.jsonl", "results.json", "summary.md", "junit.xml", "report.html" },
            name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
        Assert.True(File.Exists(Path.Combine(workspace.Folder, "mlflow.db")));
        var last = string.Join('\n', run.Lines.TakeLast(12));
        Assert.Contains("pass", last, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("num_workers=0", last, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(folder), last, StringComparison.Ordinal);
        Assert.Contains("mlflow ui --backend-store-uri sqlite:///", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Peak_memory_above_its_gate_is_red_with_place_and_configuration()
    {
        using var workspace = new Workspace();

        var run = await RunAsync(workspace, Trainings.Good, Trainings.Definition.Replace("max: 1GiB", "max: 100KiB"));

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("small.yaml(12,", StringComparison.Ordinal)
            && line.Contains("error EXP2001: peak memory", StringComparison.Ordinal)
            && line.Contains("num_workers=2 pin_memory=false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_baseline_thirty_percent_faster_is_red()
    {
        using var workspace = new Workspace();
        Assert.Equal(0, (await RunAsync(workspace, Trainings.Good, Trainings.Definition)).ExitCode);
        Assert.Equal(0, (await workspace.RunAsync("baseline", "accept", "small.yaml")).ExitCode);

        workspace.Write("train.sh", Trainings.Good.Replace("0.0100", "0.0130"));
        var run = await workspace.RunAsync("run", "small.yaml");

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("small.yaml(13,", StringComparison.Ordinal) && line.Contains("error EXP2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gate_judges_the_latest_sweep_against_the_limits_of_today()
    {
        using var workspace = new Workspace();
        Assert.Equal(0, (await RunAsync(workspace, Trainings.Good, Trainings.Definition)).ExitCode);

        workspace.Write("small.yaml", Trainings.Definition.Replace("max: 1GiB", "max: 100KiB"));

        Assert.Equal(1, (await workspace.RunAsync("gate", "small.yaml")).ExitCode);
    }

    [Theory]
    [InlineData("exit 3", "EXP3001", "exit code 3")]
    [InlineData("sleep 60", "EXP3002", "timed out")]
    [InlineData("echo nothing to report", "EXP3005", "0 steps reported")]
    [InlineData("kill -9 $$", "EXP3003", "signal 9")]
    public async Task A_trial_that_fails_is_red_with_its_cause_and_the_others_run(string failure, string code, string cause)
    {
        using var workspace = new Workspace();
        var training = $"[ \"$EXPERIMENTS_AXIS_NUM_WORKERS\" = 2 ] && {{ {failure}; exit; }}\n{Trainings.Good}";

        var run = await RunAsync(workspace, training, Trainings.Definition.Replace("repeats: 2", "repeats: 1").Replace("20s", "2s"));

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains(run.Lines, line => line.Contains(code, StringComparison.Ordinal) && line.Contains(cause, StringComparison.OrdinalIgnoreCase));
        using var results = JsonDocument.Parse(File.ReadAllText(Path.Combine(workspace.SweepFolder("small"), "results.json")));
        var statuses = results.RootElement.GetProperty("sweep").GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("status").GetString()).ToList();
        Assert.Equal(2, statuses.Count);
        Assert.Single(statuses, "completed");
    }

    private static Task<ToolRun> RunAsync(Workspace workspace, string training, string definition)
    {
        workspace.Write("train.sh", training);
        workspace.Write("small.yaml", definition);
        return workspace.RunAsync("run", "small.yaml");
    }
}
