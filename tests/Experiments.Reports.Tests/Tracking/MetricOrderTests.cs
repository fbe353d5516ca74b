using System.Reflection;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Tests.Double;
using Experiments.Reports.Tracking;
using Microsoft.Data.Sqlite;

namespace Experiments.Reports.Tests.Tracking;

/// <summary>MLflow's compare page ranks by the metric that was logged first.</summary>
public sealed class MetricOrderTests : IDisposable
{
    private const int WarmupSteps = 2;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("experiments-order-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static readonly TrialResult Result = SampleReport.Sweep.Trials[0] with
    {
        Metrics = new Dictionary<string, double>
        {
            [MetricKeys.CpuContextSwitchesPerSecond] = 123.456, [MetricKeys.MemoryPeakMegabytes] = 1234.567, ["train/loss"] = 0.25,
            [MetricKeys.WaitFraction] = 0.123456, [MetricKeys.SamplesPerSecond] = 61.912345, [MetricKeys.PressureIoFullFraction] = 0.5,
        },
    };

    [Fact]
    public async Task The_database_holds_the_throughput_first()
    {
        await using var store = MlflowStore.Open($"sqlite:///{folder.FullName}/mlflow.db");
        await LogAsync(store);

        using var connection = new SqliteConnection($"Data Source={folder.FullName}/mlflow.db;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM latest_metrics ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read())
            keys.Add(reader.GetString(0));
        Assert.Equal(Expected, keys);
        Assert.Equal(61.91, (await store.SearchRunsAsync(new() { ExperimentIds = ["0"] }, Cancellation)).Items[0].LatestMetrics.Single(metric => metric.Key == "samples_per_second").Value);
    }

    [Fact]
    public async Task The_server_is_told_the_throughput_first()
    {
        await using var server = await MlflowDouble.StartAsync();
        await using var store = MlflowStore.Open(server.Address);
        await LogAsync(store);

        var run = Assert.Single(server.State.Runs.Values);
        Assert.Equal(Expected, run.Latest.Keys);
        Assert.Equal(61.91, run.Latest["samples_per_second"].Value); // and not a figure of its course
        Assert.Equal([16, 16, 61.91], run.Points.Where(point => point.Key == "samples_per_second").OrderBy(point => point.TimestampMs).Select(point => point.Value));
    }

    [Fact]
    public void What_nobody_compares_sorts_behind_all_else()
    {
        var keys = typeof(MetricKeys).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => MetricOrder.KeyOf((string)field.GetRawConstantValue()!)).Append("steps/step_ms").ToList();

        Assert.True(keys.Count(key => key.StartsWith(MetricOrder.Usage, StringComparison.Ordinal)) > 15);
        Assert.All(keys.Where(key => key.Contains('/', StringComparison.Ordinal)), key => Assert.True(string.CompareOrdinal(key, MetricOrder.Usage + "~") < 0, key));
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Theory]
    [InlineData(61.912345, 61.91)]
    [InlineData(12345.678, 12346)]
    [InlineData(0.000123456, 0.0001235)]
    [InlineData(-9.99996, -10)]
    [InlineData(1e-300, 1e-300)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Figures_have_four_significant_digits_and_whole_numbers_all(double value, double rounded) => Assert.Equal(rounded, MetricOrder.Rounded(value));

    [Fact]
    public void A_trial_that_never_gets_to_a_measured_step_has_its_curves_at_its_end()
    {
        var curves = new StepCurves(default, warmupSteps: 5);

        Assert.Empty(curves.Points(Events()));
        var points = RunFields.TrialMetrics(Result, curves);
        Assert.Equal(["samples_per_second", "loader/wait_fraction", "memory/peak_megabytes", "steps/samples_per_second"], points.Select(point => point.Key).Take(4));
        Assert.Equal(18, points.Count(point => point.Key.StartsWith("steps/", StringComparison.Ordinal) || point.Key == "train/loss"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static readonly string[] Expected =
    [
        "samples_per_second", "loader/wait_fraction", "steps/samples_per_second", "steps/step_ms", "steps/wait_ms", "train/loss",
        "memory/peak_megabytes", "duration_seconds", "usage/cpu_context_switches_per_second", "usage/pressure_io_full_fraction",
    ];

    private static async Task LogAsync(IMlflowStore store)
    {
        var run = await store.CreateRunAsync(new NewRun { ExperimentId = "0", Name = "trial", Key = "trial" }, Cancellation);
        var curves = new StepCurves(default, WarmupSteps);
        foreach (var part in Events().Chunk(3))
            await store.LogBatchAsync(run.Id, new RunBatch { Metrics = curves.Points(part) }, Cancellation);
        await store.LogBatchAsync(run.Id, new RunBatch { Metrics = RunFields.TrialMetrics(Result, curves) }, Cancellation);
    }

    /// <summary>Five steps; the clock of the trial is ahead of ours.</summary>
    private static IEnumerable<TrialEvent> Events()
    {
        for (var step = 1; step <= 5; step++)
            yield return new StepEvent(step, 64, 0.5, step <= WarmupSteps ? 8 : 4, 4000000000 + step);
        for (var step = 1; step <= 3; step++)
            yield return new MetricEvent("train/loss", 1.0 / step, step, 4000000010 + step);
    }
}
