using System.Text.Json.Serialization;

namespace Experiments.Bench.Loader;

/// <summary>What a peer's process reports in one line of JSON.</summary>
internal sealed record PeerResult
{
    /// <summary>Seconds of each epoch, from asking for the iterator to its end.</summary>
    [JsonPropertyName("epoch_s")]
    public required double[] EpochSeconds { get; init; }

    [JsonPropertyName("first_batch_ms")]
    public required double FirstBatchMs { get; init; }

    [JsonPropertyName("samples")]
    public required int Samples { get; init; }

    [JsonPropertyName("batch_bytes")]
    public required long BatchBytes { get; init; }

    [JsonPropertyName("wait_s")]
    public double[] WaitSeconds { get; init; } = [];

    /// <summary>Peak of the process tree's anonymous and shared memory, above what it had when the loader was made. Filled in by the observer.</summary>
    [JsonPropertyName("base_bytes")]
    public long BaseBytes { get; init; }

    /// <summary>Samples a second of all epochs but the first.</summary>
    [JsonIgnore]
    public double Steady => Samples * (EpochSeconds.Length - 1) / EpochSeconds.Skip(1).Sum();

    /// <summary>Samples a second with the first epoch included.</summary>
    [JsonIgnore]
    public double First => Samples / EpochSeconds[0];
}
