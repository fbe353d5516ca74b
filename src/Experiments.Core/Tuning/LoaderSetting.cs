using System.Globalization;

namespace Experiments.Core.Tuning;

/// <summary>Settings of a training's loaders that can be swapped while it runs.</summary>
/// <param name="NumWorkers">Worker processes; 0 loads in the training process.</param>
/// <param name="PrefetchFactor">Batches that each worker loads ahead; null without workers, and for torch's default of 2.</param>
/// <param name="PinMemory">Whether batches are copied into page-locked memory.</param>
public sealed record LoaderSetting(int NumWorkers, int? PrefetchFactor = null, bool PinMemory = false)
{
    /// <summary>What torch loads ahead where nothing is said.</summary>
    public const int UsualPrefetchFactor = 2;

    /// <summary>The same without what has no effect: what is loaded ahead without workers, torch's own default, and pinning where no device is.</summary>
    /// <param name="pins">Whether pinning has an effect.</param>
    public LoaderSetting Plain(bool pins) => new(
        NumWorkers, NumWorkers == 0 || PrefetchFactor == UsualPrefetchFactor ? null : PrefetchFactor, PinMemory && pins);

    /// <summary>For people and as arguments of a loader: <c>num_workers=2 prefetch_factor=4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"num_workers={NumWorkers}")
        + (PrefetchFactor is { } ahead ? string.Create(CultureInfo.InvariantCulture, $" prefetch_factor={ahead}") : "")
        + (PinMemory ? " pin_memory=true" : "");
}
