using Experiments.Analysis.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Execution;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Processes.Tests;
using Experiments.Running;

namespace Experiments.Engine.Tests.Sweeps;

/// <summary>A sweep of shell commands in a folder of its own.</summary>
internal sealed class SweepTest : IDisposable
{
    internal const string Step = """echo '{"type":"step","step":1,"samples":8,"step_s":0.5}' >> "$EXPERIMENTS_EVENTS";""";

    private readonly TestFolder _folder = new();

    internal string Folder => _folder.Path;

    internal string Root => _folder.File(".experiments");

    internal SweepRequest Request(string script, int trials = 1, Limits? limits = null, string memory = "best")
    {
        var axis = new Axis { Name = "n", Values = [.. Enumerable.Range(1, trials).Select(value => AxisValue.Of(value))] };
        var configurations = axis.Values.Select(value => new Configuration
        {
            Id = $"{value.AsInteger():x12}",
            Values = new Dictionary<string, AxisValue> { ["n"] = value },
        }).ToList();
        return new SweepRequest
        {
            Definition = new ExperimentDefinition
            {
                Name = "test",
                File = _folder.File("test.yaml"),
                Train = new CommandTask { Command = ["sh", "-c", script, "trial", "{n}"], WarmupSteps = 0 },
                Matrix = new MatrixDefinition { Axes = [axis] },
                Limits = limits ?? new Limits(),
            },
            Plan = new Plan
            {
                Experiment = "test",
                Seed = 0,
                Configurations = configurations,
                Trials = [.. configurations.Select(configuration => new PlannedTrial(configuration, 1))],
            },
            Root = Root,
            Memory = memory == "proc" ? MemoryMethod.Proc : MemoryMethod.Best,
            Grace = TimeSpan.FromSeconds(2),
        };
    }

    internal static async Task<SweepResult> RunAsync(SweepRequest request, params ISweepObserver[] observers)
    {
        await using var pipeline = new ObserverPipeline(observers);
        return (await SweepRunner.RunAsync(request, pipeline, TestContext.Current.CancellationToken)).Sweep;
    }

    /// <summary>The request with a gate, and a baseline of which the named configurations were faster: they are measured again, up to twice, and then beside a control.</summary>
    internal static async Task<SweepRequest> AgainstFasterAsync(SweepRequest request, params string[] faster)
    {
        var measured = await RunAsync(request);
        var baseline = BaselineFrom.Sweep(measured, measured.EndedAt);
        return request with
        {
            Definition = request.Definition with { Gates = new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5, MaxRepeats = 2 } } },
            Baseline = baseline with
            {
                Configurations = [.. baseline.Configurations.Select(one => !faster.Contains(one.Configuration.Values["n"].Text) ? one : one with
                {
                    Metrics = one.Metrics.ToDictionary(metric => metric.Key, metric => metric.Key == MetricKeys.SamplesPerSecond ? [.. metric.Value.Select(value => 1.3 * value)] : metric.Value),
                })],
            },
        };
    }

    internal async Task<TrialResult> RunOneAsync(string script, Limits? limits = null, string memory = "best") =>
        Assert.Single((await RunAsync(Request(script, 1, limits, memory))).Trials);

    internal SweepFolder FolderOf(string sweepId) => SweepFolder.Of(Root, "test", sweepId);

    public void Dispose() => _folder.Dispose();
}
