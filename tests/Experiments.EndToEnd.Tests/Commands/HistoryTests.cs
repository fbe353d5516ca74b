using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What earlier sweeps say of the next one: baselines from MLflow and by themselves, change points, the gate <c>trend</c>.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_lasting_slowdown_is_found_in_MLflow_and_is_red_until_somebody_gives_a_reason_for_it()
    {
        Write("");
        for (var night = 1; night <= 10; night++)
            Assert.Equal(0, (await NightAsync(slow: night > 5)).ExitCode);
        Directory.Delete(Path.Combine(_workspace.Folder, ".experiments"), recursive: true); // as in CI: only MLflow remembers

        var history = await _workspace.RunAsync("history", "small.yaml", "--output", "json");
        var configurations = JsonNode.Parse(history.Output)!["configurations"]!.AsArray();
        Assert.Equal([10, 10], configurations.Select(one => one!["points"]!.AsArray().Count));
        Assert.Equal([0, 1], configurations.Select(one => one!["changes"]!.AsArray().Count));
        Assert.InRange((double)configurations[1]!["changes"]![0]!["changePercent"]!, -17.5, -16);
        var table = await _workspace.RunAsync("history", "small.yaml");
        Assert.Contains("num_workers=2  10  ", table.Output.Replace("   ", "  ", StringComparison.Ordinal), StringComparison.Ordinal);

        Write("gates: {trend: {max_slowdown: 5%}}");
        var red = await NightAsync(slow: true);
        Assert.Equal(1, red.ExitCode);
        var line = Assert.Single(red.Lines, line => line.Contains("EXP2013", StringComparison.Ordinal));
        Assert.Contains("small.yaml(6,17): error EXP2013: throughput fell by 17 % between sweep ", line, StringComparison.Ordinal);

        var sweep = (string)configurations[1]!["changes"]![0]!["after"]!["sweepId"]!;
        Write($"gates: {{trend: {{max_slowdown: 5%, suppress: {{\"{sweep}\": {{reason: checksums, until: 2999-12-31}}}}}}}}");
        var known = await NightAsync(slow: true);
        Assert.Equal(0, known.ExitCode);
        Assert.Contains(known.Lines, line => line.Contains("warning EXP2013", StringComparison.Ordinal) && line.EndsWith("suppressed until 2999-12-31: checksums", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_passing_sweeps_in_MLflow_are_the_baseline_and_a_red_one_does_not_become_it()
    {
        Write("gates: {throughput: {max_regression: 5%}, baseline: {source: mlflow, sweeps: 2}}", repeats: 2);
        Assert.Equal(0, (await NightAsync(slow: false)).ExitCode);
        Assert.Equal(0, (await NightAsync(slow: false)).ExitCode);
        Directory.Delete(Path.Combine(_workspace.Folder, ".experiments"), recursive: true);

        Assert.Equal(1, (await NightAsync(slow: true)).ExitCode);
        Assert.Equal(1, (await NightAsync(slow: true)).ExitCode);
        Assert.Equal(0, (await NightAsync(slow: false)).ExitCode);

        await NightAsync(slow: true);
        var accepted = await _workspace.RunAsync("baseline", "accept", "small.yaml", "--reason", "checksums");
        Assert.Equal(0, accepted.ExitCode);
        Assert.Equal(0, (await NightAsync(slow: true)).ExitCode);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_said_before_anything_runs()
    {
        Write("gates: {throughput: {max_regression: 5%}, baseline: {source: mlflow}}\nmlflow: {tracking_uri: 'http://127.0.0.1:9'}");

        var run = await NightAsync(slow: false);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("error EXP4003: the baseline of small: ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slower_baseline_needs_a_reason_which_the_file_keeps()
    {
        Write("gates: {throughput: {max_regression: 5%}}", repeats: 2);
        await NightAsync(slow: false);
        Assert.Equal(0, (await _workspace.RunAsync("baseline", "accept", "small.yaml")).ExitCode);
        await NightAsync(slow: true);

        var refused = await _workspace.RunAsync("baseline", "accept", "small.yaml");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("error EXP2015: sweep ", refused.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _workspace.RunAsync("baseline", "accept", "small.yaml", "--reason", "checksums")).ExitCode);
        Assert.Equal("checksums", (string?)Baseline()["reason"]);
    }

    [Fact]
    public async Task A_ratchet_takes_the_first_and_the_faster_sweep_by_itself_and_no_other()
    {
        Write("gates: {throughput: {max_regression: 5%}, baseline: {ratchet: true}}", repeats: 2);
        await NightAsync(slow: true);
        var first = (string)Baseline()["sweepId"]!;
        await NightAsync(slow: true);
        Assert.Equal(first, (string)Baseline()["sweepId"]!);

        var faster = await NightAsync(slow: false);
        Assert.Contains("is the baseline now", faster.Output, StringComparison.Ordinal);
        var second = (string)Baseline()["sweepId"]!;
        Assert.NotEqual(first, second);
        Assert.Equal(1, (await NightAsync(slow: true)).ExitCode);
        Assert.Equal(second, (string)Baseline()["sweepId"]!);
    }

    [Fact]
    public async Task A_sweep_by_its_id_is_the_baseline()
    {
        Write("", repeats: 2);
        await NightAsync(slow: false);
        var sweep = Path.GetFileName(_workspace.SweepFolder("small"));
        Write($"gates: {{throughput: {{max_regression: 5%}}, baseline: {{source: 'sweep:{sweep}'}}}}", repeats: 2);
        Assert.Equal(1, (await NightAsync(slow: true)).ExitCode);

        Write("gates: {throughput: {max_regression: 5%}, baseline: {source: 'sweep:nowhere'}}", repeats: 2);
        var missing = await NightAsync(slow: true);
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains("EXP3010", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_written_of_the_folders_sweeps_and_of_those_that_only_MLflow_remembers()
    {
        Write("");
        await NightAsync(slow: false);
        await NightAsync(slow: false);
        var sweeps = _workspace.SweepFolders("small").Select(folder => Path.GetFileName(folder)!).ToArray();
        Directory.Delete(Path.Combine(_workspace.Folder, ".experiments", "small", sweeps[0]), recursive: true);

        var run = await _workspace.RunAsync("history", "small.yaml", "--html", "site");

        Assert.Equal((0, $"small: 2 nights; pages: {Path.Combine("site", "index.html")}"), (run.ExitCode, Assert.Single(run.Lines)));
        Assert.Equal([sweeps[1] + ".html", "index.html"], Directory.GetFiles(Path.Combine(_workspace.Folder, "site", "small")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var page = File.ReadAllText(Path.Combine(_workspace.Folder, "site", "small", "index.html"));
        Assert.Contains($"\"id\":\"{sweeps[0]}\"", page, StringComparison.Ordinal);
        Assert.Contains($"\"page\":\"{sweeps[1]}.html\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"small/index.html\"", File.ReadAllText(Path.Combine(_workspace.Folder, "site", "index.html")), StringComparison.Ordinal);

        var refused = await _workspace.RunAsync("history", "small.yaml", "--html", "site", "--output", "json");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("error EXP1032: --html writes pages and prints no document", refused.Output + refused.Error, StringComparison.Ordinal);
    }

    private void Write(string more, int repeats = 1) => _workspace.Write("small.yaml", $$"""
        name: small
        train: {command: [sh, train.sh], steps: 4, warmup_steps: 1}
        matrix: {num_workers: [0, 2]}
        repeats: {{repeats}}

        {{more}}
        """);

    private Task<ToolRun> NightAsync(bool slow)
    {
        _workspace.Write("train.sh", (slow ? "[ $EXPERIMENTS_AXIS_NUM_WORKERS = 2 ] && SLOW=2\n" : "") + Trainings.Good.Replace("0.0100", "0.01${SLOW:-0}0", StringComparison.Ordinal));
        return _workspace.RunAsync("run", "small.yaml");
    }

    private JsonNode Baseline() => JsonNode.Parse(File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(_workspace.Folder, "baselines")))))!;
}
