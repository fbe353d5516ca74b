using Experiments.EndToEnd.Tests.Running;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Microsoft.Data.Sqlite;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Two sweeps and a reader at one database at once.</summary>
public sealed class SharedDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_sweeps_and_a_reader_loop_at_one_database_lose_nothing_and_never_meet_a_lock()
    {
        TrackedSweep.RequirePython();
        using var workspace = new Workspace();
        var database = Path.Combine(workspace.Folder, "mlflow.db");
        TrackedSweep.Write(workspace, "one", $"sqlite:///{database}", repeats: 1);
        TrackedSweep.Write(workspace, "two", $"sqlite:///{database}", repeats: 1);
        await using var store = MlflowStore.Open($"sqlite:///{database}");

        // Both begin with no database at all.
        var sweeps = Task.WhenAll(workspace.RunAsync("run", "one.yaml"), workspace.RunAsync("run", "two.yaml"));
        var reads = 0;
        for (; !sweeps.IsCompleted; reads++)
            foreach (var run in await RunsAsync(store))
                await store.GetMetricHistoryAsync(run.Id, "steps/step_ms", Cancellation);

        Assert.All(await sweeps, sweep => Assert.True(sweep.ExitCode == 0 && !sweep.Output.Contains("EXP4", StringComparison.Ordinal), sweep.ToString()));
        var runs = await RunsAsync(store);
        Assert.Equal(22, runs.Count);
        Assert.All(runs, run => Assert.Equal(RunStatus.Finished, run.Status));
        Assert.Equal([$"{20 * TrackedSweep.Points}"], Query(database, "SELECT count(*) FROM metrics WHERE key LIKE 'steps/%' OR key LIKE 'train/%'"));
        Assert.Equal(["ok"], Query(database, "PRAGMA integrity_check"));
        Assert.Empty(Query(database, "PRAGMA foreign_key_check"));
        Console.WriteLine($"the reader looked {reads} times");
    }

    private static async Task<List<MlflowRun>> RunsAsync(IMlflowStore store)
    {
        var runs = new List<MlflowRun>();
        foreach (var name in new[] { "one", "two" })
            if (await store.FindExperimentAsync(name, Cancellation) is { } experiment)
                await foreach (var run in store.SearchAllRunsAsync(new RunQuery { ExperimentIds = [experiment.Id] }, Cancellation))
                    runs.Add(run);
        return runs;
    }

    private static List<string> Query(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }
}
