using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>
/// A month of a team: four shards a night, merged by the command and judged against the accepted baseline. The plans and journals are those of real shards, in which the night, the commit,
/// the machine and the throughput are replaced; the throughput is simulated and scatters by 1.5 %.
/// </summary>
public sealed class TeamOfNightsTests : IDisposable
{
    private const int Nights = 30;
    private const int ShardMissing = 12;
    private const int ConfigurationAdded = 16;
    private const int Slower = 20;
    private const int Accepted = 23;
    private const int OtherMachine = 25;
    private const double Scatter = 0.015;

    private readonly Workspace _workspace = new();
    private readonly Random _random = new(20261129);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_month_of_four_shards_is_red_on_the_right_nights_only_and_each_says_why()
    {
        _workspace.Write("train.sh", Trainings.Good);
        await ShardsAsync("before", "[0, 1, 2, 4]");
        await ShardsAsync("after", "[0, 1, 2, 4, 6]");
        for (var night = 1; night <= Nights; night++)
        {
            Write(night);
            _workspace.Write("team.yaml", Definition(night < ConfigurationAdded ? "[0, 1, 2, 4]" : "[0, 1, 2, 4, 6]"));
            var run = await _workspace.RunAsync("merge", "team.yaml", "--from", $"nights/{night}", "--ci", "none");

            var red = night is >= Slower and <= Accepted;
            Assert.True(run.ExitCode == (night == ShardMissing ? 3 : red ? 1 : 0), $"night {night}: {run}");
            var verdict = Assert.Single(run.Lines, line => line.StartsWith("Verdict: ", StringComparison.Ordinal));
            Assert.StartsWith(night switch
            {
                1 or OtherMachine => "Verdict: pass, compared with no baseline (",
                ShardMissing => "Verdict: not measured (",
                _ when red => "Verdict: regressed (",
                _ => "Verdict: pass (",
            }, verdict, StringComparison.Ordinal);
            var why = run.Lines.Where(line => line.Contains(": error EXP", StringComparison.Ordinal)).ToArray();
            if (night == ShardMissing)
            {
                Assert.Single(why, line => line.Contains("error EXP2014: 6 of 24 planned trials of ", StringComparison.Ordinal));
                Assert.Contains(run.Lines, line => line.EndsWith(" is in no shard", StringComparison.Ordinal));
            }
            else if (red)
                Assert.All(why, line => Assert.Matches("error EXP2003: throughput .* % below the baseline's .*, at num_workers=4 pin_memory=(true|false)$", line));
            else
                Assert.Empty(why);
            if (night == ConfigurationAdded)
                Assert.Equal(2, run.Lines.Count(line => line.Contains("warning EXP2005: the baseline of sweep ", StringComparison.Ordinal) && line.Contains(" has no throughput at num_workers=6", StringComparison.Ordinal)));
            if (night == OtherMachine)
                Assert.Contains(run.Lines, line => line.Contains("warning EXP2027: the shards ran on 2 machines", StringComparison.Ordinal));
            if (night is 1 or ConfigurationAdded or Accepted)
            {
                string[] reason = night == Accepted ? ["--reason", "checksums of every batch"] : [];
                var accepted = await _workspace.RunAsync(["baseline", "accept", "team.yaml", .. reason]);
                Assert.True(accepted.ExitCode == 0, accepted.ToString());
            }
        }

        var told = await _workspace.RunAsync("history", "team.yaml");
        Assert.Equal(2, told.Lines.Count(line => line.StartsWith($"which commit: experiments bisect team.yaml --good {Commit(Slower - 1)[..12]} --bad {Commit(Slower)[..12]} --filter num_workers=4 --filter pin_memory=", StringComparison.Ordinal)));
        var history = JsonNode.Parse((await _workspace.RunAsync("history", "team.yaml", "--output", "json")).Output)!;
        foreach (var configuration in history["configurations"]!.AsArray())
        {
            var changes = configuration!["changes"]!.AsArray();
            if (!configuration["configuration"]!["values"]!["num_workers"]!.ToString().Equals("4", StringComparison.Ordinal))
            {
                Assert.Empty(changes);
                continue;
            }

            var change = Assert.Single(changes)!;
            Assert.Equal((Commit(Slower - 1), Commit(Slower)), ((string)change["before"]!["commit"]!, (string)change["after"]!["commit"]!));
            Assert.InRange((double)change["changePercent"]!, -10, -6);
        }
    }

    private static string Definition(string workers) => $"""
        name: team
        train:
          command: [sh, train.sh]
          steps: 8
          warmup_steps: 2
        matrix:
          num_workers: {workers}
          pin_memory: [false, true]
        repeats: 3
        limits: {"{timeout: 20s}"}
        gates:
          peak_memory: {"{max: 1GiB}"}
          throughput: {"{max_regression: 5%}"}
        """;

    private async Task ShardsAsync(string folder, string workers)
    {
        _workspace.Write("team.yaml", Definition(workers));
        for (var shard = 1; shard <= 4; shard++)
        {
            var run = await _workspace.RunAsync("run", "team.yaml", "--shard", $"{shard}/4", "--root", $"{folder}/{shard}", "--ci", "none");
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        File.Delete(Path.Combine(_workspace.Folder, "mlflow.db"));
    }

    /// <summary>The shards of a night, as CI's jobs leave them.</summary>
    private void Write(int night)
    {
        var at = new DateTimeOffset(2026, 10, 1, 2, 0, 0, TimeSpan.Zero).AddDays(night);
        foreach (var shard in Enumerable.Range(1, 4).Where(shard => night != ShardMissing || shard != 3))
        {
            var source = Directory.GetDirectories(Path.Combine(_workspace.Folder, night < ConfigurationAdded ? "before" : "after", $"{shard}", "team")).Single(folder => Path.GetFileName(folder) != "latest");
            var id = at.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + $"{night:x2}{shard:x2}";
            var plan = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "plan.json")))!;
            plan["sweepId"] = id;
            plan["startedAt"] = at;
            plan["commit"] = Commit(night);
            plan["dirty"] = false;
            if (night == OtherMachine && shard == 2)
                (plan["machine"]!["id"], plan["machine"]!["cpu"]) = ("2c-8g-exchanged", "Another CPU");
            _workspace.Write($"nights/{night}/{shard}/team/{id}/plan.json", plan.ToJsonString());
            _workspace.Write($"nights/{night}/{shard}/team/{id}/journal.jsonl", string.Concat(File.ReadLines(Path.Combine(source, "journal.jsonl")).Select(line => Measured(line, night, at) + "\n")));
        }
    }

    private string Measured(string line, int night, DateTimeOffset at)
    {
        var result = JsonNode.Parse(line)!;
        var workers = (int)result["configuration"]!["values"]!["num_workers"]!;
        var usual = workers switch { 0 => 900, 1 => 1500, 2 => 2400, 4 => 3000, _ => 2900 } * (night >= Slower && workers == 4 ? 0.92 : 1);
        result["startedAt"] = at;
        result["metrics"]!["samples_per_second"] = usual * Math.Exp(Scatter * Normal());
        result["metrics"]!["memory/peak_megabytes"] = 300 + (80 * workers);
        return result.ToJsonString();
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private static string Commit(int night) => string.Concat(Enumerable.Repeat($"{night:x2}", 20));
}
