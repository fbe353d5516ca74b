namespace Experiments.Data;

/// <summary>Samples that can be written into a batch's memory, from any thread and in any order.</summary>
public interface ISampleSource
{
    /// <summary>Number of samples.</summary>
    int Count { get; }

    /// <summary>What each sample consists of; at most 64 fields, the same for the life of the source.</summary>
    IReadOnlyList<FieldSpec> Fields { get; }

    /// <summary>
    /// Frames of a ragged field of a sample. Called before the sample is written, for fields padded to the longest of the batch only; must be cheap.
    /// </summary>
    int Length(int sample, int field);

    /// <summary>Writes every field of a sample. Called by several threads at once.</summary>
    void Write(int sample, SampleWriter writer);

    /// <summary>A hint that these samples will be written soon. The default does nothing.</summary>
    void ReadAhead(ReadOnlySpan<int> samples)
    {
    }
}
