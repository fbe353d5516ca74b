namespace Experiments.PyTorch.Steering;

/// <summary>What the probe is asked to do in one trial. Null leaves a setting as the script has it.</summary>
public sealed record ProbeSettings
{
    /// <summary>Worker processes of a loader; 0 loads in the training process.</summary>
    public int? NumWorkers { get; init; }

    /// <summary>Whether batches are copied into page-locked memory.</summary>
    public bool? PinMemory { get; init; }

    /// <summary>Batches that each worker loads ahead; ignored without workers.</summary>
    public int? PrefetchFactor { get; init; }

    /// <summary>Whether workers outlive an epoch; ignored without workers.</summary>
    public bool? PersistentWorkers { get; init; }

    /// <summary>Samples a batch; not applied where a batch sampler or the dataset makes the batches.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Which loaders the overrides are for: <c>train</c> (default), <c>all</c>, or <c>file.py:line</c> where the loader is made.</summary>
    public string Loaders { get; init; } = "train";

    /// <summary>What a step is: <c>auto</c> (default, by evidence of training), <c>batch</c>, or <c>module:function</c>, whose call trains.</summary>
    public string Step { get; init; } = "auto";

    /// <summary>Samples of a step of one process; null (default): counted.</summary>
    public int? SamplesPerStep { get; init; }

    /// <summary>Whether the script is ended once warm-up and measured steps are done; default false.</summary>
    public bool StopAfterSteps { get; init; }

    /// <summary>Synchronise CUDA around every N-th step, so that its time is not only that of the launch; 0 (default) never.</summary>
    public int CudaSynchronizeEvery { get; init; }

    /// <summary>
    /// Whether <c>num_workers</c> of an <c>IterableDataset</c> may be raised above the script's own; default false, since
    /// a dataset that does not shard itself would yield each sample once for each worker.
    /// </summary>
    public bool RaiseIterable { get; init; }

    /// <summary>
    /// The settings with an override for each axis that names a loader setting and that no argument of the script takes.
    /// </summary>
    /// <remarks>Without arguments to look at, for each axis that names a loader setting.</remarks>
    /// <param name="axes">The configuration's values by axis, in invariant notation.</param>
    /// <param name="arguments">The argument templates; <c>{num_workers}</c> in one of them means that the script takes it itself.</param>
    /// <exception cref="FormatException">A value is not of the setting's type.</exception>
    public ProbeSettings WithOverrides(IReadOnlyDictionary<string, string> axes, IEnumerable<string> arguments)
    {
        var templates = string.Join('\n', arguments);
        string? Free(string axis) =>
            axes.TryGetValue(axis, out var value) && !templates.Contains('{' + axis + '}', StringComparison.Ordinal) ? value : null;
        return this with
        {
            NumWorkers = SettingText.Integer(Free("num_workers")) ?? NumWorkers,
            PinMemory = SettingText.Boolean(Free("pin_memory")) ?? PinMemory,
            PrefetchFactor = SettingText.Integer(Free("prefetch_factor")) ?? PrefetchFactor,
            PersistentWorkers = SettingText.Boolean(Free("persistent_workers")) ?? PersistentWorkers,
            BatchSize = SettingText.Integer(Free("batch_size")) ?? BatchSize,
        };
    }
}
