using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>The whole command, ended by <c>kill -9</c> again and again.</summary>
public class KillTests
{
    private const int Kills = 10;
    private const string Definition = """
        name: killed
        train: {command: [sh, train.sh], steps: 8, warmup_steps: 2}
        matrix:
          num_workers: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
          pin_memory: [false, true]
        repeats: 2
        """;

    [Fact]
    public async Task Killed_at_ten_random_moments_and_resumed_a_sweep_ends_as_if_nothing_had_happened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL and /proc");
        using var workspace = new Workspace();
        using var calm = new Workspace();
        foreach (var each in new[] { workspace, calm })
        {
            each.Write("train.sh", "sleep 0.1\n" + Trainings.Good);
            each.Write("killed.yaml", Definition);
        }

        var random = new Random(20261122);
        for (var kill = 0; kill < Kills; kill++)
            await KillAsync(workspace, TimeSpan.FromMilliseconds(random.Next(100, 1200)));
        var last = await workspace.RunAsync(Arguments(workspace));
        Assert.True(last.ExitCode == 0, last.ToString());
        Assert.True((await calm.RunAsync("run", "killed.yaml")).ExitCode == 0);

        Assert.Equal(Results(calm), Results(workspace));
        Assert.Equal(40, Trials(workspace).Select(trial => (string)trial!["trialId"]!).Distinct().Count());
        Assert.Empty(Marked(Path.GetFileName(workspace.SweepFolder("killed"))));
    }

    [Fact]
    public async Task Killed_while_a_suspect_is_confirmed_and_resumed_a_sweep_ends_as_if_nothing_had_happened()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL and /proc");
        using var workspace = new Workspace();
        using var calm = new Workspace();
        foreach (var each in new[] { workspace, calm })
        {
            each.Write("train.sh", Trainings.Good);
            each.Write("killed.yaml", """
                name: killed
                train: {command: [sh, train.sh], steps: 8, warmup_steps: 2}
                matrix: {num_workers: [0, 1, 2, 3, 4, 5]}
                repeats: 2
                gates: {throughput: {max_regression: 5%}}
                """);
            Assert.Equal(0, (await each.RunAsync("run", "killed.yaml")).ExitCode);
            Assert.Equal(0, (await each.RunAsync("baseline", "accept", "killed.yaml")).ExitCode);
            Directory.Delete(Path.Combine(each.Folder, ".experiments"), recursive: true);
            each.Write("train.sh", "sleep 0.1; [ $EXPERIMENTS_AXIS_NUM_WORKERS = 3 ] && SLOW=2\n" + Trainings.Good.Replace("0.0100", "0.01${SLOW:-0}0", StringComparison.Ordinal));
        }

        var random = new Random(20261123);
        for (var kill = 0; kill < Kills; kill++)
            await KillAsync(workspace, TimeSpan.FromMilliseconds(random.Next(100, 1200)));
        var last = await workspace.RunAsync(Arguments(workspace));
        Assert.True(last.ExitCode is 1 or 2, last.ToString()); // 2: the last kill came after the end, nothing is left to resume
        Assert.Equal(1, (await calm.RunAsync("run", "killed.yaml")).ExitCode);

        Assert.Equal(Results(calm), Results(workspace));
        Assert.Equal(["adaptive 0", "confirmation 2", "control 2", "planned 12"], new[] { "adaptive", "confirmation", "control", "planned" }
            .Select(purpose => $"{purpose} {Trials(workspace).Count(trial => (string)trial!["purpose"]! == purpose)}"));
    }

    /// <summary>The first start, or the resumption once a sweep is on the disk.</summary>
    private static string[] Arguments(Workspace workspace)
    {
        var sweeps = Path.Combine(workspace.Folder, ".experiments", "killed");
        return Directory.Exists(sweeps) && Directory.GetFiles(sweeps, "plan.json", SearchOption.AllDirectories).Length > 0
            ? ["run", "killed.yaml", "--resume"]
            : ["run", "killed.yaml"];
    }

    private static async Task KillAsync(Workspace workspace, TimeSpan after)
    {
        using var process = ToolRun.Start(workspace.Folder, Arguments(workspace));
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Task.Delay(after, TestContext.Current.CancellationToken); // the random moment, not a wait for something
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _ = await output;
    }

    /// <summary>What a sweep gave, without times, what is measured of the machine, and where it lies.</summary>
    private static string Results(Workspace workspace)
    {
        var report = Report(workspace);
        var trials = Trials(workspace).Select(trial => new JsonObject
        {
            ["trialId"] = trial!["trialId"]!.DeepClone(),
            ["configuration"] = trial["configuration"]!.DeepClone(),
            ["status"] = trial["status"]!.DeepClone(),
            ["exitCode"] = trial["exitCode"]!.DeepClone(),
            ["samples_per_second"] = trial["metrics"]!["samples_per_second"]!.DeepClone(),
            ["step_ms_p95"] = trial["metrics"]!["step_ms_p95"]!.DeepClone(),
            ["loader/wait_fraction"] = trial["metrics"]!["loader/wait_fraction"]!.DeepClone(),
        });
        var verdicts = report["assessment"]!["configurations"]!.AsArray().Select(each => $"{each!["configuration"]!["id"]} {each["verdict"]}");
        return string.Join('\n', [.. trials.Select(trial => trial.ToJsonString()), .. verdicts, (string)report["assessment"]!["verdict"]!]);
    }

    private static JsonArray Trials(Workspace workspace) => Report(workspace)["sweep"]!["trials"]!.AsArray();

    private static JsonNode Report(Workspace workspace) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(workspace.SweepFolder("killed"), "results.json")))!;

    /// <summary>Processes that a sweep started and that still live.</summary>
    private static IEnumerable<string> Marked(string sweepId) =>
        Directory.GetDirectories("/proc").Where(process => int.TryParse(Path.GetFileName(process), out _)).Where(process =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(process, "environ")).Contains($"EXPERIMENTS_SWEEP_ID={sweepId}", StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false; // it ended meanwhile, or is somebody else's
            }
        });
}
