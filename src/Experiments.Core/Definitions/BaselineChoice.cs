namespace Experiments.Core.Definitions;

/// <summary>What a sweep is compared with.</summary>
public sealed record BaselineChoice
{
    /// <summary>The accepted results in <c>baselines/</c> beside the definition.</summary>
    public const string File = "file";

    /// <summary>The last passing sweeps of the same machine that MLflow holds.</summary>
    public const string Mlflow = "mlflow";

    /// <summary>One sweep by its id: <c>sweep:20261122-180000-abcd</c>.</summary>
    public const string SweepPrefix = "sweep:";

    /// <summary><see cref="File"/>, <see cref="Mlflow"/>, or <see cref="SweepPrefix"/> and a sweep's id; <c>baseline.source</c>, default <see cref="File"/>.</summary>
    public string Source { get; init; } = File;

    /// <summary>How many passing sweeps <see cref="Mlflow"/> takes; <c>baseline.sweeps</c>, default 5.</summary>
    public int Sweeps { get; init; } = 5;

    /// <summary>Whether a passing sweep that is better becomes the accepted one by itself; <c>baseline.ratchet</c>, default false.</summary>
    public bool Ratchet { get; init; }
}
