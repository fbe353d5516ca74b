using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Shards that ran elsewhere become one sweep, and what is missing of it is never green.</summary>
public sealed class MergeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public MergeTests()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition);
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Shards_become_a_sweep_like_any_other()
    {
        var shards = await Task.WhenAll(RunAsync(1), RunAsync(2));
        Assert.All(shards, shard => Assert.True(shard.ExitCode == 0, shard.ToString()));

        var merged = await _workspace.RunAsync("merge", "small.yaml", "--from", "shards");

        Assert.True(merged.ExitCode == 0, merged.ToString());
        var folder = _workspace.SweepFolder("small");
        var sweep = Json(Path.Combine(folder, "results.json"))["sweep"]!;
        Assert.Equal((4, 4, 2), (sweep["trials"]!.AsArray().Count, (int)sweep["plannedTrials"]!, sweep["configurations"]!.AsArray().Count));
        Assert.Equal(4, Directory.GetFiles(Path.Combine(folder, "trials"), "events.jsonl", SearchOption.AllDirectories).Length);
        Assert.True(File.Exists(Path.Combine(folder, "report.html")) && File.Exists(Path.Combine(folder, "junit.xml")));
        foreach (var command in new[] { "report", "gate", "advise" })
        {
            var run = await _workspace.RunAsync(command, "small.yaml");
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        var accepted = await _workspace.RunAsync("baseline", "accept", "small.yaml");
        Assert.True(accepted.ExitCode == 0, accepted.ToString());
        var published = await _workspace.RunAsync("publish", "small.yaml");
        Assert.True(published.ExitCode == 0, published.ToString());
    }

    [Fact]
    public async Task What_is_missing_or_unfinished_is_named_and_not_green()
    {
        await RunAsync(1);
        var missing = await _workspace.RunAsync("merge", "small.yaml", "--from", "shards/1");
        Assert.True(missing.ExitCode == 3, missing.ToString());
        Assert.Matches("num_workers=[02] pin_memory=false is in no shard", missing.Output);
        Assert.Contains("error EXP2014: 2 of 4 planned trials of ", missing.Output, StringComparison.Ordinal);

        await RunAsync(2);
        var journal = Directory.GetFiles(Path.Combine(_workspace.Folder, "shards", "2"), "journal.jsonl", Workspace.AtAnyDepth).Single();
        File.WriteAllLines(journal, File.ReadAllLines(journal)[..1]);
        var unfinished = await _workspace.RunAsync("merge", "small.yaml", "--from", "shards");
        Assert.True(unfinished.ExitCode == 3, unfinished.ToString());
        Assert.Matches(@"shards/2/small/\S+: 1 trial did not run; where it lies: experiments run small\.yaml --resume", unfinished.Output.Replace('\\', '/'));
        Assert.Contains("error EXP2014: 1 of 4 planned trials of ", unfinished.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_shard_of_the_same_sweep_is_refused()
    {
        await RunAsync(1);
        CopyFolder(Path.Combine(_workspace.Folder, "shards", "1"), Path.Combine(_workspace.Folder, "shards", "again"));
        await RefusedAsync("num_workers=[02] pin_memory=false is in ", "shards/1", "shards/again");
        await RefusedAsync("is not there", "nowhere");
        Directory.CreateDirectory(Path.Combine(_workspace.Folder, "empty"));
        await RefusedAsync("empty holds no sweep of small", "empty");

        await RunAsync(2);
        var plan = Plan(2);
        var changed = Json(plan);
        changed["commit"] = new string('1', 40);
        File.WriteAllText(plan, changed.ToJsonString());
        await RefusedAsync("measured .*1111111", "shards/1", "shards/2");
        _workspace.Write("small.yaml", Trainings.Definition.Replace("steps: 8", "steps: 9", StringComparison.Ordinal));
        await RefusedAsync("is of another state of the definition", "shards/1");

        async Task RefusedAsync(string reason, params string[] from)
        {
            var run = await _workspace.RunAsync(["merge", "small.yaml", .. from.SelectMany(one => new[] { "--from", one })]);
            Assert.True(run.ExitCode == 2, run.ToString());
            Assert.Matches("error EXP3022: .*" + reason, run.Output);
            Assert.False(Directory.Exists(Path.Combine(_workspace.Folder, ".experiments", "small")));
        }
    }

    [Fact]
    public async Task Machines_are_judged_each_by_itself()
    {
        await Task.WhenAll(RunAsync(1), RunAsync(2));
        var plan = Plan(2);
        var other = Json(plan);
        other["machine"]!["id"] = "another-machine";
        other["machine"]!["cpu"] = "Another CPU";
        File.WriteAllText(plan, other.ToJsonString());

        var merged = await _workspace.RunAsync("merge", "small.yaml", "--from", "shards", "--output", "json");

        Assert.True(merged.ExitCode == 0, merged.ToString());
        var report = JsonNode.Parse(merged.Output)!;
        Assert.Equal(2, report["assessment"]!["configurations"]!.AsArray().Count);
        Assert.Empty(report["assessment"]!["advice"]!.AsArray());
        Assert.Contains("another-machine", new[] { (string)report["sweep"]!["machine"]!["id"]!, (string)report["sweep"]!["otherMachines"]!.AsArray().Single()!["id"]! });
        var codes = report["assessment"]!["diagnostics"]!.AsArray().Select(one => (string)one!["code"]!).ToArray();
        Assert.Contains("EXP2027", codes);
        Assert.Equal(2, codes.Count(code => code == "EXP2005")); // neither machine has a baseline
    }

    private Task<ToolRun> RunAsync(int shard) => _workspace.RunAsync(
        new Dictionary<string, string> { ["MLFLOW_TRACKING_URI"] = $"sqlite:///shard-{shard}.db" }, "run", "small.yaml", "--shard", $"{shard}/2", "--root", $"shards/{shard}");

    private string Plan(int shard) => Directory.GetFiles(Path.Combine(_workspace.Folder, "shards", $"{shard}"), "plan.json", Workspace.AtAnyDepth).Single();

    private static JsonNode Json(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", Workspace.AtAnyDepth))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
