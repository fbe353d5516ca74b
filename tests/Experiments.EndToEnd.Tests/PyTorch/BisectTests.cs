using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>A commit among others that triples the time of loading, which no noise hides.</summary>
[Trait("Needs", "pytorch")]
[Trait("Worlds", "one")]
public sealed class BisectTests : IDisposable
{
    private readonly TrainingRepository _repository = new();

    private Workspace Workspace => _repository.Workspace;

    [Fact]
    public async Task The_commit_is_found_past_one_that_does_not_run_and_the_same_command_measures_nothing_again()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin();
        Change("Say what is trained", code => code + "\n# rows\n");
        Change("Break it", code => "raise SystemExit('half a change')\n" + code);
        Change("Mend it and log more", code => code.Replace("raise SystemExit('half a change')\n", "", StringComparison.Ordinal) + "# logs\n");
        Change("Load rows with care", code => code.Replace("0.001", "0.003", StringComparison.Ordinal));
        Change("Say more", code => code + "# more\n");

        var found = await Bisect("--budget", "30");

        Assert.True(found.ExitCode == 0, found.ToString());
        Assert.Matches("Verdict: [0-9a-f]{12} \"Load rows with care\" by Test: -[0-9.]+ % \\(.*\\) against its parent", found.Output);
        var file = Directory.GetFiles(Workspace.Folder, "bisection.json", SearchOption.AllDirectories).Single();
        var report = JsonNode.Parse(File.ReadAllText(file))!;
        Assert.Equal("found", (string)report["verdict"]!);
        Assert.Equal("slower", (string)report["confirmation"]!["verdict"]!);
        Assert.Equal(["Say what is trained", "Break it", "Mend it and log more", "Load rows with care", "Say more"], report["commits"]!.AsArray().Select(commit => (string)commit!["subject"]!));
        Assert.InRange((double)report["commits"]![3]!["probability"]!, 0.95, 1);
        Assert.Empty(TrialProcesses.Of(Workspace.Folder));

        var again = await Bisect("--budget", "30");

        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Contains("\"Load rows with care\"", again.Output, StringComparison.Ordinal);
        Assert.Equal(report["confirmation"]!.ToJsonString(), JsonNode.Parse(File.ReadAllText(file))!["confirmation"]!.ToJsonString());
    }

    [Fact]
    public async Task Commits_without_a_way_between_them_and_several_configurations_are_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin();

        var none = await Bisect();
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("error EXP5042: no commit lies between ", none.Output, StringComparison.Ordinal);

        Change("Two settings", code => code + "# two\n");
        Workspace.Write("project/sweep.yaml", File.ReadAllText(Path.Combine(Workspace.Folder, "project/sweep.yaml")).Replace("[2]", "[0, 2]", StringComparison.Ordinal));
        var several = await Bisect();
        Assert.Equal(2, several.ExitCode);
        Assert.Contains("one configuration is bisected, and 2 are meant", several.Output, StringComparison.Ordinal);
        Assert.Contains("--filter num_workers=", several.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_configurations_the_one_is_meant_that_became_slowest_in_the_latest_sweep()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are stopped in turns on Linux");
        _repository.Begin("  steps: 10\n");
        Workspace.Write("project/sweep.yaml", File.ReadAllText(Path.Combine(Workspace.Folder, "project/sweep.yaml")).Replace("[2]", "[0, 1, 2]", StringComparison.Ordinal));
        _repository.Commit("Three settings");
        Assert.Equal(0, (await Workspace.RunAsync("run", "project/sweep.yaml")).ExitCode);
        var file = Path.Combine(Workspace.SweepFolder("old-and-new"), "results.json");
        var results = JsonNode.Parse(File.ReadAllText(file))!;
        foreach (var one in results["assessment"]!["configurations"]!.AsArray().Where(one => (int)one!["configuration"]!["values"]!["num_workers"]! > 0))
            (one!["verdict"], one["throughput"]) = ("regressed", new JsonObject { ["changePercent"] = -10 * (int)one["configuration"]!["values"]!["num_workers"]!, ["minimumDetectablePercent"] = 5 });
        File.WriteAllText(file, results.ToJsonString());

        var run = await Bisect("--budget", "1");

        Assert.Contains("At: num_workers=2", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _repository.Dispose();

    private Task<ToolRun> Bisect(params string[] more) => Workspace.RunAsync(["bisect", "project/sweep.yaml", "--good", "begin", .. more]);

    private void Change(string subject, Func<string, string> change)
    {
        Workspace.Write("project/train.py", change(File.ReadAllText(Path.Combine(Workspace.Folder, "project", "train.py"))));
        _repository.Commit(subject);
    }
}
