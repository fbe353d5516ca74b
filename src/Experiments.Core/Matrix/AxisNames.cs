namespace Experiments.Core.Matrix;

/// <summary>Axes with a meaning of their own.</summary>
public static class AxisNames
{
    /// <summary>The dataset; its values are keys of the definition's <c>datasets</c>.</summary>
    public const string Dataset = "dataset";

    /// <summary>Loader workers, as PyTorch counts them; 0 loads on the training thread.</summary>
    public const string NumWorkers = "num_workers";

    /// <summary>Whether batches are assembled in page-locked memory.</summary>
    public const string PinMemory = "pin_memory";

    /// <summary>Batches loaded ahead by each worker.</summary>
    public const string PrefetchFactor = "prefetch_factor";

    /// <summary>Whether workers outlive an epoch.</summary>
    public const string PersistentWorkers = "persistent_workers";

    /// <summary>Samples a batch.</summary>
    public const string BatchSize = "batch_size";

    /// <summary>Prefix of axes that are environment variables of the trial.</summary>
    public const string EnvironmentPrefix = "env.";
}
