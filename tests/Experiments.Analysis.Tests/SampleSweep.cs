using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Tests;

/// <summary>Sweeps made of figures, with a definition whose gates have places.</summary>
public static class SampleSweep
{
    public static MachineFingerprint Machine { get; } = new()
    {
        Id = "desk-1", Cpu = "Sample CPU", Cores = 8, MemoryBytes = 32L << 30, Gpu = "none", OperatingSystem = "Linux", Runtime = ".NET 10.0",
    };

    public static Configuration Of(string dataset, int workers, bool pin) => new()
    {
        Id = $"{dataset}-{workers}-{pin}".ToLowerInvariant(),
        Values = new Dictionary<string, AxisValue>
        {
            [AxisNames.Dataset] = AxisValue.Of(dataset), [AxisNames.NumWorkers] = AxisValue.Of(workers), [AxisNames.PinMemory] = AxisValue.Of(pin),
        },
    };

    public static ExperimentDefinition Definition(Gates? gates = null, int repeats = 3) => new()
    {
        Name = "meld-da",
        File = "experiments/meld-da.yaml",
        Train = new TorchSharpTask { Task = "utterance-fusion" },
        Matrix = new MatrixDefinition { Axes = [] },
        Repeats = repeats,
        Gates = gates ?? new Gates(),
        Positions = new Dictionary<string, SourcePosition>
        {
            ["gates"] = new("experiments/meld-da.yaml", 20, 1),
            ["gates.peak_memory"] = new("experiments/meld-da.yaml", 21, 3),
            ["gates.memory_growth"] = new("experiments/meld-da.yaml", 22, 3),
            ["gates.throughput"] = new("experiments/meld-da.yaml", 23, 3),
            ["train"] = new("experiments/meld-da.yaml", 2, 1),
            ["matrix"] = new("experiments/meld-da.yaml", 10, 1),
        },
    };

    public static TrialResult Trial(Configuration configuration, int repeat, double samplesPerSecond, double peakMegabytes = 1000, TrialStatus status = TrialStatus.Completed, double wait = 0.12) => new()
    {
        TrialId = $"{configuration.Id}-{repeat}",
        Configuration = configuration,
        Repeat = repeat,
        Status = status,
        StartedAt = DateTimeOffset.UnixEpoch.AddMinutes(repeat),
        DurationSeconds = 30,
        ExitCode = status == TrialStatus.Failed ? 3 : 0,
        Metrics = status == TrialStatus.Completed
            ? new Dictionary<string, double>
            {
                [MetricKeys.SamplesPerSecond] = samplesPerSecond,
                [MetricKeys.MemoryPeakMegabytes] = peakMegabytes,
                [MetricKeys.WaitFraction] = wait,
                [MetricKeys.TimeToFirstBatchMilliseconds] = 85,
            }
            : new Dictionary<string, double>(),
    };

    public static SweepResult Sweep(IEnumerable<TrialResult> trials, int? planned = null)
    {
        var all = trials.ToArray();
        return new SweepResult
        {
            SweepId = "20261122-180000-abcd",
            Experiment = "meld-da",
            DefinitionFile = "experiments/meld-da.yaml",
            Seed = 0,
            StartedAt = DateTimeOffset.UnixEpoch,
            EndedAt = DateTimeOffset.UnixEpoch.AddMinutes(10),
            Machine = Machine,
            Commit = "0123456789abcdef0123456789abcdef01234567",
            Configurations = [.. all.Select(trial => trial.Configuration).DistinctBy(one => one.Id)],
            Trials = all,
            PlannedTrials = planned ?? all.Length,
        };
    }

    /// <summary>A matrix of 16: two datasets, four worker counts, both pin_memory values.</summary>
    public static IReadOnlyList<Configuration> Matrix { get; } =
    [
        .. from dataset in new[] { "MELD-DA", "MIntRec" } from workers in new[] { 0, 1, 2, 4 } from pin in new[] { false, true } select Of(dataset, workers, pin),
    ];

    /// <summary>The whole matrix with normal noise on logarithms; throughput rises with the workers up to two.</summary>
    public static SweepResult Noisy(int repeats, double noise, int seed, Func<Configuration, int, double>? factor = null)
    {
        var random = new Random(seed);
        return Sweep(
            from repeat in Enumerable.Range(1, repeats)
            from configuration in Matrix
            let rate = 200.0 * (1 + Math.Min(configuration.NumWorkers ?? 0, 2)) * Math.Exp(noise * Normal(random)) * (factor?.Invoke(configuration, repeat) ?? 1)
            select Trial(configuration, repeat, rate, 1000 + 250 * (configuration.NumWorkers ?? 0), wait: new[] { 0.7, 0.4 }.ElementAtOrDefault(configuration.NumWorkers ?? 0)));
    }

    public static Baseline BaselineOf(SweepResult sweep, double factor = 1)
    {
        var baseline = BaselineFrom.Sweep(sweep, DateTimeOffset.UnixEpoch);
        return baseline with
        {
            Configurations = [.. baseline.Configurations.Select(one => one with
            {
                Metrics = one.Metrics.ToDictionary(
                    metric => metric.Key,
                    metric => metric.Key == MetricKeys.SamplesPerSecond ? [.. metric.Value.Select(value => value * factor)] : metric.Value),
            })],
        };
    }

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
