namespace Experiments.Definitions.Building;

/// <summary>The rules over the results of an experiment. A rule that is not named is not checked.</summary>
/// <example>
/// <code>
/// Experiment("gated", e => e
///     .Command("./train.sh", "{num_workers}")
///     .NumWorkers(0, 4)
///     .Gate(g => g
///         .PeakMemory(max: "8GiB", maxIncrease: 0.10)
///         .MemoryGrowth(max: "1MiB/step")
///         .Throughput(maxRegression: 0.05)));
/// </code>
/// </example>
public sealed class GateBuilder
{
    private readonly Branch _gates;

    internal GateBuilder(Branch gates) => _gates = gates;

    /// <summary>Bounds the peak memory of the whole process tree.</summary>
    /// <param name="max">A size, such as <c>8GiB</c>.</param>
    /// <param name="maxIncrease">The share by which it may exceed the baseline: 0.10 for 10 %.</param>
    public GateBuilder PeakMemory(string? max = null, double? maxIncrease = null)
    {
        Set("peak_memory", "max", max);
        return Set("peak_memory", "max_increase", maxIncrease);
    }

    /// <summary>Bounds the peak of the GPU memory of the trial's processes, as the driver counts it.</summary>
    /// <param name="max">A size, such as <c>20GiB</c>.</param>
    /// <param name="maxIncrease">The share by which it may exceed the baseline: 0.10 for 10 %.</param>
    public GateBuilder GpuMemory(string? max = null, double? maxIncrease = null) =>
        Set("gpu_memory", "max", max).Set("gpu_memory", "max_increase", maxIncrease);

    /// <summary>Bounds a metric that the trials log, or any other of the results: its median over the trials of a configuration.</summary>
    /// <param name="name">The metric, such as <c>val_loss</c> or <c>cpu/seconds_per_sample</c>.</param>
    /// <param name="min">The least value.</param>
    /// <param name="max">The largest value.</param>
    /// <param name="maxIncrease">The share of the baseline's size by which it may lie above the baseline: 0.02 for 2 %.</param>
    /// <param name="maxDecrease">The share by which it may lie below the baseline.</param>
    /// <example>
    /// <code>
    /// Experiment("quality", e => e
    ///     .Command("./train.sh", "{num_workers}")
    ///     .NumWorkers(0, 4)
    ///     .Gate(g => g
    ///         .Metric("val_loss", maxIncrease: 0.02)
    ///         .Metric("val_accuracy", min: 0.6)));
    /// </code>
    /// </example>
    public GateBuilder Metric(string name, double? min = null, double? max = null, double? maxIncrease = null, double? maxDecrease = null)
    {
        var bounds = _gates.Under("metrics").Under(name);
        bounds.Set("min", min);
        bounds.Set("max", max);
        bounds.Set("max_increase", maxIncrease);
        bounds.Set("max_decrease", maxDecrease);
        return this;
    }

    /// <summary>Bounds the growth of memory after warm-up.</summary>
    /// <param name="max">A size a step, such as <c>1MiB/step</c>.</param>
    public GateBuilder MemoryGrowth(string max) => Set("memory_growth", "max", max);

    /// <summary>Bounds the loss of throughput against the baseline.</summary>
    /// <param name="maxRegression">The share that may be lost: 0.05 for 5 %.</param>
    /// <param name="allowMissingBaseline">Whether a missing baseline is accepted; default true: the first sweep has none.</param>
    /// <param name="falseAlarmRate">The chance that a sweep of unchanged code is called regressed; default 0.01.</param>
    /// <param name="maxRepeats">Repeats that a configuration without a clear verdict may have; default: those planned.</param>
    /// <param name="confirm">Whether a suspect is measured afresh beside a control before it is red; default true.</param>
    public GateBuilder Throughput(double maxRegression, bool? allowMissingBaseline = null, double? falseAlarmRate = null, int? maxRepeats = null, bool? confirm = null)
    {
        Set("throughput", "allow_missing_baseline", allowMissingBaseline);
        Set("throughput", "max_repeats", maxRepeats);
        Set("throughput", "confirm", confirm);
        Set("throughput", "false_alarm_rate", falseAlarmRate);
        return Set("throughput", "max_regression", maxRegression);
    }

    /// <summary>Bounds the loss of throughput against old code, in pairs that run in the same seconds; needs no baseline.</summary>
    /// <param name="maxRegression">The share that may be lost: 0.05 for 5 %.</param>
    /// <param name="revision">A commit, branch or tag, <c>merge-base(origin/main)</c>, or <c>last_passing</c>.</param>
    /// <param name="budget">How long each pair may be measured; default 90 seconds.</param>
    public GateBuilder ThroughputAgainst(double maxRegression, string revision, TimeSpan? budget = null) =>
        Set("throughput", "max_regression", maxRegression).Set("throughput", "against", revision).Set("throughput", "budget", budget);

    /// <summary>Bounds the waiting for data.</summary>
    /// <param name="maxWaitFraction">The share of the time that may be spent waiting for batches: 0.2 for 20 %.</param>
    /// <param name="minAcceleratorUtilization">The share of the time that the accelerator must compute: 0.9 for 90 %.</param>
    public GateBuilder DataStall(double? maxWaitFraction = null, double? minAcceleratorUtilization = null) =>
        Set("data_stall", "max_wait_fraction", maxWaitFraction).Set("data_stall", "min_accelerator_utilization", minAcceleratorUtilization);

    /// <summary>Says what sweeps are compared with.</summary>
    /// <param name="source"><c>file</c>, <c>mlflow</c> or <c>sweep:ID</c>; default <c>file</c>.</param>
    /// <param name="sweeps">How many passing sweeps <c>mlflow</c> takes; default 5.</param>
    /// <param name="ratchet">Whether a passing sweep that is faster becomes the accepted file by itself; default false.</param>
    public GateBuilder Baseline(string? source = null, int? sweeps = null, bool? ratchet = null)
    {
        Set("baseline", "source", source);
        Set("baseline", "sweeps", sweeps);
        return Set("baseline", "ratchet", ratchet);
    }

    /// <summary>Bounds what the history of sweeps may lose for good.</summary>
    /// <param name="maxSlowdown">The share that may be lost: 0.05 for 5 %.</param>
    public GateBuilder Trend(double maxSlowdown) => Set("trend", "max_slowdown", maxSlowdown);

    /// <summary>Accepts a lasting slowdown that <see cref="Trend"/> finds, for a while: it is a warning until the last day, and red after it.</summary>
    /// <param name="change">The beginning of the first slow commit or sweep id, or <c>drift</c>.</param>
    /// <param name="reason">Why it is accepted.</param>
    /// <param name="until">The last day on which it is, such as <c>new DateOnly(2027, 1, 31)</c>.</param>
    /// <example>
    /// <code>
    /// Experiment("known", e => e
    ///     .Command("./train.sh", "{num_workers}")
    ///     .NumWorkers(0, 4)
    ///     .Gate(g => g
    ///         .Trend(maxSlowdown: 0.05)
    ///         .Suppress("4f2a9c1", "checksums of every batch", until: new DateOnly(2027, 1, 31))));
    /// </code>
    /// </example>
    public GateBuilder Suppress(string change, string reason, DateOnly until)
    {
        var known = new Branch();
        known.Set("reason", reason);
        known.Set("until", until);
        _gates.Under("trend").Under("suppress").Add(change, known);
        return this;
    }

    private GateBuilder Set(string gate, string key, object? value)
    {
        if (value is not null)
            _gates.Under(gate).Set(key, value);
        return this;
    }
}
