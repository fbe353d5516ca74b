using Experiments.Analysis.Baselines;
using Experiments.Analysis.Scheduling;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis.Tests.Scheduling;

/// <summary>A sweep whose trials end as a seed says: measured, slow, out of memory, crashed, or of a cause that meets them all.</summary>
internal sealed class RandomSweep
{
    private static readonly int[] Workers = [0, 1, 2, 4, 8];

    private readonly int _seed;
    private readonly Random _shape;

    public RandomSweep(int seed)
    {
        (_seed, _shape) = (seed, new Random(seed));
        Definition = new ExperimentDefinition
        {
            Name = "random",
            File = "random.yaml",
            Train = new CommandTask { Command = ["train"] },
            Matrix = new MatrixDefinition { Axes = [Axis(AxisNames.Dataset, [.. Enumerable.Range(0, _shape.Next(1, 4)).Select(one => AxisValue.Of($"d{one}"))]), Axis(AxisNames.NumWorkers, [.. Workers.Take(_shape.Next(2, 6)).Select(count => AxisValue.Of(count))])] },
            Repeats = _shape.Next(1, 4),
            Seed = seed,
            Gates = new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5, MaxRepeats = 6 } },
        };
        Plan = Planner.Create(Definition, new PlanOptions());
        if (_shape.NextDouble() < 0.8)
            Baseline = BaselineFrom.Sweep(SampleSweep.Sweep(Plan.Trials.Select(trial => Measured(trial, 1, new Random((seed * 7919) ^ (trial.Repeat << 20) ^ trial.Id.Sum(letter => letter * 17)))), Plan.Trials.Count) with { Experiment = "random" }, DateTimeOffset.UnixEpoch);
    }

    public ExperimentDefinition Definition { get; }

    public Plan Plan { get; }

    public Baseline? Baseline { get; }

    /// <summary>What is known after some results.</summary>
    public SweepSoFar After(IEnumerable<TrialResult> results) => new()
    {
        Plan = Plan,
        Sweep = SampleSweep.Sweep(results, Plan.Trials.Count) with { Experiment = "random", Configurations = Plan.Configurations, MemoryLimitBytes = 3L << 30 },
        Baseline = Baseline,
    };

    /// <summary>How a trial ends, whenever it runs.</summary>
    public TrialResult Run(PlannedTrial trial)
    {
        var random = new Random(_seed ^ trial.Id.Sum(letter => letter * 31) ^ (trial.Repeat << 16));
        var fate = random.NextDouble();
        return fate switch
        {
            < 0.02 => Failed(trial, PyTorchDiagnostics.ImportFailed),
            < 0.022 => Failed(trial, PyTorchDiagnostics.UnknownArgument),
            < 0.06 => Failed(trial, TrialDiagnostics.ExitCode),
            < 0.09 => Measured(trial, 1, random) with { Status = TrialStatus.BlownUp },
            _ => Measured(trial, trial.Configuration.NumWorkers == _seed % 5 ? 0.85 : 1, random),
        };
    }

    private static TrialResult Measured(PlannedTrial trial, double factor, Random random) => SampleSweep.Trial(
        trial.Configuration, trial.Repeat, 1000 * factor * Math.Exp(0.02 * (random.NextDouble() - 0.5)), 500 + (700 * trial.Configuration.NumWorkers!.Value)) with { TrialId = trial.Id, Purpose = trial.Purpose };

    private static TrialResult Failed(PlannedTrial trial, DiagnosticRule cause) =>
        SampleSweep.Trial(trial.Configuration, trial.Repeat, 0, status: TrialStatus.Failed) with { TrialId = trial.Id, Purpose = trial.Purpose, Diagnostics = [cause.Error("it failed")] };

    private static Axis Axis(string name, IReadOnlyList<AxisValue> values) => new() { Name = name, Values = values };
}
