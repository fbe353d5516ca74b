using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Engine.Execution;
using Experiments.Engine.Sweeps;
using Experiments.Running;

namespace Experiments.Bench.Overhead;

/// <summary>A sweep of trials of <c>true</c>.</summary>
internal static class EngineRound
{
    /// <summary>Runs a sweep; milliseconds from each trial's start to the next one's, which comes after the journal's flush.</summary>
    /// <param name="memory"><c>best</c> or <c>proc</c>.</param>
    /// <param name="trials">Trials.</param>
    internal static async Task<IEnumerable<double>> RunAsync(string memory, int trials)
    {
        var folder = Directory.CreateTempSubdirectory("experiments-overhead-").FullName;
        var axis = new Axis { Name = "n", Values = [.. Enumerable.Range(0, trials).Select(value => AxisValue.Of(value))] };
        var configurations = axis.Values.Select(value => new Configuration
        {
            Id = $"{value.AsInteger():x12}", Values = new Dictionary<string, AxisValue> { ["n"] = value },
        }).ToList();
        await using var observers = new ObserverPipeline([]);
        var result = (await SweepRunner.RunAsync(
            new SweepRequest
            {
                Definition = new ExperimentDefinition
                {
                    Name = "overhead",
                    File = Path.Combine(folder, "overhead.yaml"),
                    Train = new CommandTask { Command = ["true"] },
                    Matrix = new MatrixDefinition { Axes = [axis] },
                },
                Plan = new Plan
                {
                    Experiment = "overhead",
                    Seed = 0,
                    Configurations = configurations,
                    Trials = [.. configurations.Select(configuration => new PlannedTrial(configuration, 1))],
                },
                Root = Path.Combine(folder, ".experiments"),
                Memory = memory == "proc" ? MemoryMethod.Proc : MemoryMethod.Best,
            },
            observers,
            CancellationToken.None)).Sweep;
        Directory.Delete(folder, recursive: true);
        var starts = result.Trials.Select(trial => trial.StartedAt).ToList();
        return starts.Zip(starts.Skip(1), (before, after) => (after - before).TotalMilliseconds);
    }
}
