namespace Experiments.Data.Collation;

/// <summary>Turns samples of any type into tensors by writing them into a batch's memory.</summary>
public interface ICollator<in TSample>
{
    /// <summary>The fields that it writes.</summary>
    IReadOnlyList<FieldSpec> Fields { get; }

    /// <summary>Frames of a ragged field; asked for fields that are padded to the longest of the batch only. Default 1.</summary>
    int Length(TSample sample, int field) => 1;

    /// <summary>Writes every field of a sample. Called by several threads at once.</summary>
    void Write(TSample sample, SampleWriter writer);
}
