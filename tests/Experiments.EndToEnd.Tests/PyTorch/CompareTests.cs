using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>Old code against new in a real repository: the effects are far beyond the bound, so that no noise turns them round.</summary>
[Trait("Needs", "pytorch")]
[Trait("Worlds", "one")]
public sealed class CompareTests : IDisposable
{
    private readonly TrainingRepository _repository = new();

    private Workspace Workspace => _repository.Workspace;

    [Fact]
    public async Task Code_that_is_twice_as_slow_is_red_against_the_commit_before_and_the_same_code_is_not()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin();
        Workspace.Write("project/train.py", TrainingRepository.Training.Replace("0.001", "0.003", StringComparison.Ordinal));

        var red = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "HEAD", "--budget", "40");

        Assert.True(red.ExitCode == 1, red.ToString());
        Assert.Contains("Verdict: slower (num_workers=2)", red.Output, StringComparison.Ordinal);
        var report = Json(Directory.GetFiles(Workspace.Folder, "comparison.json", SearchOption.AllDirectories).Single());
        var pair = report["pairs"]![0]!;
        Assert.InRange((double)pair["change"]!, -0.85, -0.3);
        Assert.True((int)pair["starts"]! >= 2 && (int)pair["blocks"]! >= 10 && (string?)pair["freezing"] is not null, pair.ToJsonString());
        Assert.Matches("^[0-9a-f]{40} and changes [0-9a-f]+$", (string)report["new"]!);
        Assert.Contains("0.001", File.ReadAllText(Path.Combine(Workspace.Folder, ".experiments", "worktrees", ((string)report["old"]!)[..12], "project", "train.py")), StringComparison.Ordinal);
        Assert.Empty(TrialProcesses.Of(Workspace.Folder));

        var same = await Workspace.RunAsync("compare", "project/sweep.yaml", "--null", "--budget", "40", "--bound", "30");

        Assert.True(same.ExitCode == 0, same.ToString());
        Assert.Contains("Verdict: not slower", same.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_sweep_that_passed_names_the_old_code_and_without_one_nothing_is_compared()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin("  steps: 20\n");

        var none = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "last_passing");
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("error EXP5038: last_passing: no sweep of old-and-new under .experiments passed with its code committed", none.Output, StringComparison.Ordinal);

        var passed = await Workspace.RunAsync("run", "project/sweep.yaml");
        Assert.True(passed.ExitCode == 0, passed.ToString());
        var results = Json(Path.Combine(Workspace.SweepFolder("old-and-new"), "results.json"));
        Workspace.Write("project/train.py", "raise SystemExit('nothing to train')\n"); // what it is compared with is the question
        _repository.Commit("Break it");
        var broken = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "last_passing");
        Assert.True(broken.ExitCode == 3, broken.ToString());
        var report = Json(Directory.GetFiles(Workspace.Folder, "comparison.json", SearchOption.AllDirectories).Single());
        Assert.Equal((string)results["sweep"]!["commit"]!, (string)report["old"]!);
        Assert.Contains("nothing to train", (string)report["pairs"]![0]!["note"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_compared_is_said_and_neither_red_nor_green()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin();

        var unknown = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "no-such-branch");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("error EXP5038: git rev-parse: ", unknown.Output, StringComparison.Ordinal);

        var unbuilt = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "HEAD", "--setup", "echo no compiler; exit 7");
        Assert.Equal(2, unbuilt.ExitCode);
        Assert.Contains("error EXP5039: '/bin/sh -c echo no compiler; exit 7' ended with exit code 7", unbuilt.Output, StringComparison.Ordinal);
        Assert.Contains("no compiler", unbuilt.Output, StringComparison.Ordinal);

        Workspace.Write("project/train.py", "raise SystemExit('nothing to train')\n");
        var broken = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "HEAD");
        Assert.Equal(3, broken.ExitCode);
        Assert.Contains("not measured: the new side: ", broken.Output, StringComparison.Ordinal);

        Workspace.Write("project/train.py", TrainingRepository.Training.Replace("        optimizer.step()", "        optimizer.step()\n        if time.monotonic() - began > 4:\n            raise SystemExit('no space left')", StringComparison.Ordinal)
            .Replace("    model = torch", "    began = time.monotonic()\n    model = torch", StringComparison.Ordinal));
        var dies = await Workspace.RunAsync("compare", "project/sweep.yaml", "--against", "HEAD", "--bound", "90");
        Assert.True(dies.ExitCode == 3, dies.ToString());
        Assert.Contains("not measured: the new side: ", dies.Output, StringComparison.Ordinal);
        Assert.Contains("no space left", dies.Output, StringComparison.Ordinal);

        var undecided = await Workspace.RunAsync("compare", "project/sweep.yaml");
        Assert.Equal(2, undecided.ExitCode);
        Assert.Contains("EXP1032: Say what is compared", undecided.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gate_against_old_code_needs_no_baseline_and_a_resumed_sweep_does_not_measure_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin("  share: [rows.txt]\n  steps: 20\ngates: {throughput: {max_regression: 20%, against: HEAD, budget: 40s}}\n");
        Workspace.Write("project/rows.txt", "not in git");
        Workspace.Write("project/train.py", TrainingRepository.Training.Replace("0.001", "0.003", StringComparison.Ordinal));

        var red = await Workspace.RunAsync("run", "project/sweep.yaml");

        Assert.True(red.ExitCode == 1, red.ToString());
        Assert.Matches(@"\[old and new code\] num_workers=2: -[0-9.]+ % \(.*\), ✗ slower", red.Output);
        Assert.Matches(@"sweep\.yaml\(\d+,\d+\): error EXP2025: throughput changed by −[0-9.]+ % \(.*\) against [0-9a-f]{12}: more than 20 % slower, in .* at num_workers=2", red.Output);
        Assert.DoesNotContain("EXP2005", red.Output, StringComparison.Ordinal);
        var folder = Path.GetDirectoryName(Directory.GetFiles(Workspace.Folder, "pairs.json", Running.Workspace.AtAnyDepth).Single())!;
        var results = Json(Path.Combine(folder, "results.json"));
        Assert.Equal("slower", (string)results["sweep"]!["pairs"]![0]!["verdict"]!);
        Assert.InRange((double)results["assessment"]!["configurations"]![0]!["throughput"]!["changePercent"]!, -85, -30);
        Assert.Equal("not in git", File.ReadAllText(Directory.GetFiles(Path.Combine(Workspace.Folder, ".experiments", "worktrees"), "rows.txt", SearchOption.AllDirectories).Single()));
        Assert.Empty(TrialProcesses.Of(Workspace.Folder));

        File.Delete(Path.Combine(folder, "results.json"));
        var resumed = await Workspace.RunAsync("run", "project/sweep.yaml", "--resume");
        Assert.True(resumed.ExitCode == 1, resumed.ToString());
        Assert.DoesNotContain("[old and new code]", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("error EXP2025", resumed.Output, StringComparison.Ordinal);

        Workspace.Write("project/sweep.yaml", File.ReadAllText(Path.Combine(Workspace.Folder, "project/sweep.yaml")).Replace("against: HEAD", "against: no-such-branch", StringComparison.Ordinal));
        var unknown = await Workspace.RunAsync("run", "project/sweep.yaml");
        Assert.True(unknown.ExitCode == 3, unknown.ToString());
        Assert.Contains("error EXP2026: the code of no-such-branch was not compared with: EXP5038: git rev-parse: ", unknown.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _repository.Dispose();

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(file))!;
}
