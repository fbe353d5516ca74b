using System.Text.Json.Nodes;
using Experiments.EndToEnd.Tests.Running;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What MLflow holds of sweeps that were killed, or whose server was away.</summary>
public class PublishTests
{
    private const string Experiment = "small";

    /// <summary>The third trial hangs the first time, until the test has killed the sweep.</summary>
    private const string HangsOnce = """
        echo . >> count
        if [ $(wc -l < count) -eq 3 ]; then sleep 18; fi

        """ + Trainings.Good;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dead_server_costs_a_warning_and_publish_completes_the_record()
    {
        using var workspace = new Workspace();
        await using var server = await MlflowDouble.StartAsync();
        await server.StopAsync();
        Write(workspace, Trainings.Good, server.Address);

        var run = await workspace.RunAsync("run", "small.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("waiting until ", StringComparison.Ordinal) && line.EndsWith("up to 30 s without progress", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("warning EXP4001", StringComparison.Ordinal) && line.Contains("experiments publish small.yaml --sweep ", StringComparison.Ordinal));
        Assert.Equal(["EXP4001"], NotRecorded(workspace));

        await server.StartAsync();
        var publish = await workspace.RunAsync("publish", "small.yaml");
        Assert.True(publish.ExitCode == 0, publish.ToString());
        Assert.Contains(publish.Lines, line => line.StartsWith($"MLflow: {server.Address}/#/experiments/1/runs", StringComparison.Ordinal));
        Assert.Empty(NotRecorded(workspace));
        var content = await ContentAsync(server.Address);
        Assert.Equal(5, content.Count);
        Assert.All(content, run => Assert.StartsWith("Finished", run, StringComparison.Ordinal));

        Assert.Equal(0, (await workspace.RunAsync("publish", "small.yaml")).ExitCode);
        Assert.Equal(content, await ContentAsync(server.Address));
    }

    [Fact]
    public async Task A_sweep_whose_definition_has_changed_since_is_published_as_it_began()
    {
        using var workspace = new Workspace();
        Write(workspace, Trainings.Good, $"sqlite:///{workspace.Folder}/first.db");
        var began = await File.ReadAllTextAsync(Path.Combine(workspace.Folder, "small.yaml"), Cancellation);
        Assert.Equal(0, (await workspace.RunAsync("run", "small.yaml")).ExitCode);
        workspace.Write("small.yaml", began.Replace("steps: 8", "steps: 80", StringComparison.Ordinal).Replace("first.db", "second.db", StringComparison.Ordinal));

        var publish = await workspace.RunAsync("publish", "small.yaml");

        Assert.True(publish.ExitCode == 0, publish.ToString());
        Assert.Contains(publish.Lines, line => line.StartsWith("small.yaml has changed since sweep ", StringComparison.Ordinal));
        var store = $"sqlite:///{workspace.Folder}/second.db";
        Assert.All(await ContentAsync(store), run => Assert.Contains("Key = steps, Value = 8 ", run, StringComparison.Ordinal));
        var kept = Directory.GetFiles(workspace.Folder, "small.yaml", SearchOption.AllDirectories).Where(file => file.Contains("artifacts", StringComparison.Ordinal));
        Assert.All(kept, file => Assert.Equal(began, File.ReadAllText(file)));
        Assert.NotEmpty(kept);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_killed_and_resumed_sweep_has_one_parent_and_its_cut_off_run_is_closed(bool withServer)
    {
        using var workspace = new Workspace();
        await using var server = withServer ? await MlflowDouble.StartAsync() : null;
        var store = server?.Address ?? $"sqlite:///{workspace.Folder}/tracking.db";
        Write(workspace, HangsOnce, store);

        using (var killed = ToolRun.Start(workspace.Folder, "run", "small.yaml"))
        {
            while (TrackedSweep.TrialsNoted(workspace) < 3)
                await Task.Delay(50, Cancellation);
            killed.Kill();
            await killed.WaitForExitAsync(Cancellation);
        }

        var resumed = await workspace.RunAsync("run", "small.yaml", "--resume");

        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        var content = await ContentAsync(store);
        Assert.Equal(["Finished", "Finished", "Finished", "Finished", "Finished", "Killed"], content.Select(run => run.Split(' ')[0]));
        Assert.Single(content, run => run.Contains("nested False", StringComparison.Ordinal));
        Assert.Equal(4, content.Where(run => run.StartsWith("Finished", StringComparison.Ordinal) && run.Contains("nested True", StringComparison.Ordinal)).Select(run => run.Split(" nested")[0]).Distinct().Count());
    }

    private static IEnumerable<string?> NotRecorded(Workspace workspace) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(workspace.SweepFolder(Experiment), "results.json")))!["sweep"]!["observers"]!.AsArray().Select(one => (string?)one!["code"]);

    private static void Write(Workspace workspace, string training, string store)
    {
        workspace.Write("train.sh", training);
        workspace.Write("small.yaml", Trainings.Definition + $"\nmlflow: {{tracking_uri: \"{store}\"}}\n");
    }

    private static async Task<List<string>> ContentAsync(string trackingUri)
    {
        await using var store = MlflowStore.Open(trackingUri);
        var experiment = await store.FindExperimentAsync(Experiment, Cancellation);
        var content = new List<string>();
        await foreach (var run in store.SearchAllRunsAsync(new RunQuery { ExperimentIds = [experiment!.Id] }, Cancellation))
        {
            var curve = await store.GetMetricHistoryAsync(run.Id, "steps/step_ms", Cancellation);
            var nested = run.Tags.Any(tag => tag.Key == MlflowTags.ParentRunId);
            if (nested && run.Status == RunStatus.Finished)
                Assert.Equal(10, curve.Count);
            content.Add($"{run.Status} {run.Name} nested {nested} {run.Id} {string.Join(',', run.LatestMetrics)} {string.Join(',', run.Params)} {string.Join(',', run.Tags)}");
        }

        return [.. content.Order(StringComparer.Ordinal)];
    }
}
