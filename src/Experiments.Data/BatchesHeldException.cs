namespace Experiments.Data;

/// <summary>The consumer holds more batches than <see cref="LoaderOptions.MaxBatchesHeld"/> allows, and gave none back in time.</summary>
public sealed class BatchesHeldException : InvalidOperationException
{
    internal BatchesHeldException(int held, TimeSpan waited)
        : base($"{held} batches are held and none was disposed within {waited.TotalSeconds:0.###} s. Dispose each batch after use, or raise MaxBatchesHeld.") => Held = held;

    /// <summary>Batches that are held undisposed.</summary>
    public int Held { get; }
}
