using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tests.Tuning;

/// <summary>A training whose throughput by setting is known: batches of 32 samples that take so long to load and to train on.</summary>
internal sealed record Workload
{
    public const int BatchSize = 32;

    /// <summary>Seconds to load a batch.</summary>
    public required double Batch { get; init; }

    /// <summary>Seconds to train on it.</summary>
    public required double Step { get; init; }

    /// <summary>Cores that loading may use.</summary>
    public required double Cores { get; init; }

    /// <summary>Seconds that the main process spends on each batch which a worker made.</summary>
    public double Handing { get; init; }

    /// <summary>Share by which each worker beyond the cores slows all down.</summary>
    public double Crowding { get; init; }

    /// <summary>Whether one lock serialises the loading: workers bring nothing.</summary>
    public bool Shared { get; init; }

    public long WorkerBytes { get; init; } = 100 << 20;

    public static IReadOnlyList<Workload> All { get; } =
    [
        LoaderBound(4), LoaderBound(2), new() { Batch = 0.030, Step = 0.010, Cores = 8 }, new() { Batch = 0.005, Step = 0.020, Cores = 4 },
        new() { Batch = 0.002, Step = 0.001, Cores = 4, Handing = 0.004 }, new() { Batch = 0.050, Step = 0.002, Cores = 3, Crowding = 0.05 },
        new() { Batch = 0.020, Step = 0.001, Cores = 1, Shared = true }, new() { Batch = 0.100, Step = 0.030, Cores = 16 },
    ];

    public static Workload LoaderBound(int cores) => new() { Batch = 0.040, Step = 0.005, Cores = cores, Crowding = 0.02 };

    public (double Seconds, double Wait) StepOf(LoaderSetting setting)
    {
        if (setting.NumWorkers == 0 || Shared)
            return (Batch + Step, Batch);
        var useful = Math.Min(setting.NumWorkers, Cores);
        var load = Batch / useful * (1 + Crowding * Math.Max(0, setting.NumWorkers - Cores));
        var train = Step + Handing;
        return (Math.Max(load, train), Math.Max(load - train, 0) + Handing);
    }

    public double Rate(LoaderSetting setting) => BatchSize / StepOf(setting).Seconds;
}
