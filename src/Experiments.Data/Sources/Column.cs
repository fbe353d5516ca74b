using Experiments.Data.Numpy;

namespace Experiments.Data.Sources;

/// <summary>One field of all samples.</summary>
public abstract class Column
{
    private protected Column(FieldSpec spec, int count) => (Spec, Count) = (spec, count);

    /// <summary>The field.</summary>
    public FieldSpec Spec { get; }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>An array in memory, one sample behind the other.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="values">Values of all samples in C order.</param>
    /// <param name="shape">Shape of one sample; empty for one value a sample.</param>
    /// <exception cref="ArgumentException">The values are no whole number of samples.</exception>
    public static Column Of<T>(string name, ReadOnlyMemory<T> values, params long[] shape)
        where T : unmanaged => new ArrayColumn<T>(name, values, shape);

    /// <summary>A numpy array whose first dimension counts samples.</summary>
    public static Column Of(string name, NpyArray array) => new NpyColumn(name, array);

    /// <summary>Samples of uneven length: frames of all samples in one array, and where each sample begins in another.</summary>
    /// <param name="spec">The field; its shape's first dimension is the maximum, the others must be those of a frame.</param>
    /// <param name="frames">Frames of all samples; the first dimension counts frames.</param>
    /// <param name="offsets">First frame of each sample, and the number of frames at the end.</param>
    /// <exception cref="ArgumentException">The field is not ragged, or offsets and shapes do not fit the frames.</exception>
    public static Column Ragged(FieldSpec spec, NpyArray frames, ReadOnlyMemory<long> offsets) => new RaggedColumn(spec, frames, offsets);

    /// <summary>The same column with batches of another field: element type, padding, mask.</summary>
    public abstract Column With(FieldSpec spec);

    /// <summary>Frames of a sample; 1 where the field is not ragged.</summary>
    internal virtual int Length(int sample) => 1;

    internal abstract void Write(int sample, int field, in SampleWriter writer);

    internal virtual void ReadAhead(ReadOnlySpan<int> samples)
    {
    }
}
