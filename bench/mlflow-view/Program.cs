// What people see in MLflow's pages, on a real server: for a machine that has `mlflow` on its PATH, and for the pictures `playwright` (pip install playwright;
// playwright install chromium). Runs the sample sweep against `mlflow server`, looks whether every trial's first metric is the throughput, and takes pictures of
// the printed addresses. Without mlflow it says so and measures nothing.
using Experiments.Bench;
using Experiments.Bench.MlflowView;
using Experiments.Mlflow;
using Experiments.Mlflow.Queries;

const string Bench = "mlflow-view";
var report = new BenchReport(Bench, 1);
if (OnPath.Find("mlflow") is not { } mlflow)
{
    report.Note("mlflow is not on the PATH: nothing was looked at. Install it (pip install mlflow) and run again");
    return report.Write();
}

var folder = Directory.CreateTempSubdirectory("experiments-mlflow-view-").FullName;
var pictures = Directory.CreateDirectory(Path.Combine("artifacts", "bench", Bench)).FullName;
await using var server = await TrackingServer.StartAsync(mlflow, folder);
var lines = await SampleSweep.RunAsync(folder, server.Address);
await using var store = MlflowStore.Open(server.Address);
var experiment = await store.FindExperimentAsync(SampleSweep.Name) ?? throw new InvalidOperationException("the sweep recorded nothing");
var runs = await store.SearchAllRunsAsync(new RunQuery { ExperimentIds = [experiment.Id] }).ToListAsync();
var trials = runs.Where(run => run.Tags.Any(tag => tag.Key == MlflowTags.ParentRunId)).ToList();
var first = trials.Count(run => run.LatestMetrics is [{ Key: "samples_per_second" }, ..]);
report.AtLeast("trials whose first metric is the throughput", SampleSweep.Trials, first);
report.AtLeast("experiment tags that hold a view", 3, experiment.Tags.Count(tag => tag.Key.StartsWith(MlflowTags.SharedViewPrefix, StringComparison.Ordinal)));

var addresses = lines.Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]).Where(text => text.StartsWith("http", StringComparison.Ordinal)).ToList();
report.AtLeast("addresses printed", 4, addresses.Count);
if (OnPath.Find("playwright") is { } playwright)
{
    for (var index = 0; index < addresses.Count; index++)
    {
        var file = Path.Combine(pictures, $"{index + 1}.png");
        await Command.RunAsync(playwright, ["screenshot", "--viewport-size=1600,1000", "--wait-for-timeout=8000", addresses[index], file], folder);
        report.Note($"{addresses[index]} is {file}");
    }
}
else
{
    report.Note($"playwright is not on the PATH: no pictures. The addresses: {string.Join(" ", addresses)}");
}

return report.Write();
