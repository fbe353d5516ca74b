namespace Experiments.Core.Diagnostics;

/// <summary>EXP2xxx: gates that failed or could not be judged.</summary>
public static class GateDiagnostics
{
    /// <summary>Peak memory is above its gate.</summary>
    public static DiagnosticRule PeakMemory { get; } =
        new("EXP2001", "Peak memory exceeds its gate", "Lower num_workers, prefetch_factor or batch_size, or raise gates.peak_memory if the use is wanted.");
}
