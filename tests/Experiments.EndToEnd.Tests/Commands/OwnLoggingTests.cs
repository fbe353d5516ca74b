using Experiments.EndToEnd.Tests.Running;
using Experiments.Mlflow;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Tests.Double;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Scripts that log to MLflow themselves keep one run: their trial's.</summary>
public sealed class OwnLoggingTests : IDisposable
{
    /// <summary>The calls of MLflow's Python client for start_run, log_param, log_metric and the end of the script, then for a second run.</summary>
    private const string Client = """
        import json, os, time, urllib.request

        run_id, uri = os.environ["MLFLOW_RUN_ID"], os.environ["MLFLOW_TRACKING_URI"]

        def call(path, **body):
            request = urllib.request.Request(uri + "/api/2.0/mlflow/" + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
            return json.loads(urllib.request.urlopen(request).read())

        urllib.request.urlopen(uri + "/api/2.0/mlflow/runs/get?run_id=" + run_id).read()
        call("runs/update", run_id=run_id, status="RUNNING")
        call("runs/log-parameter", run_id=run_id, key="pin_memory", value="False")
        call("runs/log-parameter", run_id=run_id, key="learning_rate", value="0.1")
        call("runs/log-metric", run_id=run_id, key="own/loss", value=0.5, timestamp=int(time.time() * 1000), step=1)
        call("runs/update", run_id=run_id, status="FINISHED", end_time=int(time.time() * 1000))
        experiment = json.loads(urllib.request.urlopen(uri + "/api/2.0/mlflow/experiments/get-by-name?experiment_name=" + os.environ["MLFLOW_EXPERIMENT_NAME"]).read())["experiment"]
        assert experiment["experiment_id"] == os.environ["MLFLOW_EXPERIMENT_ID"]  # or the client refuses both
        call("runs/create", experiment_id=os.environ["MLFLOW_EXPERIMENT_ID"], run_name="fold 2", start_time=int(time.time() * 1000))
        with open(os.environ["EXPERIMENTS_EVENTS"], "a") as events:
            for step in range(1, 11):
                events.write('{"type":"step","step":%d,"samples":64,"wait_s":0.001,"step_s":0.01}\n' % step)
        """;

    private readonly Workspace _workspace = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_script_that_logs_as_the_Python_client_does_logs_to_its_trials_run()
    {
        TrackedSweep.RequirePython();
        await using var server = await MlflowDouble.StartAsync();
        _workspace.Write("train.py", Client);
        Define("[python3, train.py]", server.Address);

        var sweep = await _workspace.RunAsync("run", "small.yaml");

        Assert.True(sweep.ExitCode == 0 && !sweep.Output.Contains("EXP4", StringComparison.Ordinal), sweep.ToString());
        Assert.Equal(9, server.State.Runs.Count);
        Assert.Single(server.State.Runs.Values.Select(run => run.ExperimentId).Distinct()); // the folds', too
        var trials = server.State.Runs.Values.Where(run => run.Tags.ContainsKey(MlflowTags.ParentRunId)).ToList();
        Assert.Equal(4, trials.Count);
        Assert.All(trials, run =>
        {
            Assert.Equal(("False", "0.1", "FINISHED"), (run.Params["pin_memory"], run.Params["learning_rate"], run.Status)); // the script's own words
            Assert.Contains(run.Params["num_workers"], new[] { "0", "2" });
            Assert.Equal(0.5, run.Latest["own/loss"].Value);
            Assert.Equal(10, run.Points.Count(point => point.Key == "steps/step_ms"));
        });
    }

    [Fact]
    public async Task The_run_in_a_database_is_handed_over_with_the_databases_absolute_path()
    {
        _workspace.Write("train.sh", "echo \"$MLFLOW_RUN_ID $MLFLOW_TRACKING_URI\" >> handed\n" + Trainings.Good);
        Define("[sh, train.sh]", "sqlite:///own.db");

        Assert.Equal(0, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);

        await using var store = MlflowStore.Open($"sqlite:///{_workspace.Folder}/own.db");
        var experiment = await store.FindExperimentAsync("small", Cancellation);
        var runs = await store.SearchRunsAsync(new RunQuery { ExperimentIds = [experiment!.Id] }, Cancellation);
        Assert.Equal(
            runs.Items.Where(run => run.Tags.Any(tag => tag.Key == MlflowTags.ParentRunId)).Select(run => $"{run.Id} {store.TrackingUri}").Order(StringComparer.Ordinal),
            File.ReadAllLines(Path.Combine(_workspace.Folder, "handed")).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(_workspace.Folder, "*.sh", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("export MLFLOW_RUN_ID", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_definition_keeps_its_script_out_of_the_run_by_an_empty_variable()
    {
        _workspace.Write("train.sh", "echo \"run:$MLFLOW_RUN_ID\" >> handed\n" + Trainings.Good);
        Define("[sh, train.sh]\n  env: {MLFLOW_RUN_ID: \"\"}", "sqlite:///own.db");

        Assert.Equal(0, (await _workspace.RunAsync("run", "small.yaml")).ExitCode);

        Assert.Equal(["run:"], File.ReadAllLines(Path.Combine(_workspace.Folder, "handed")).Distinct());
    }

    private void Define(string command, string store) => _workspace.Write(
        "small.yaml",
        Trainings.Definition.Replace("[sh, train.sh]", command, StringComparison.Ordinal) + $"\nmlflow: {{tracking_uri: \"{store}\"}}\n");
}
