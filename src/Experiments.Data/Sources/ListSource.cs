using Experiments.Data.Collation;

namespace Experiments.Data.Sources;

/// <summary>Samples of any list, written by a collator. The list is read by several threads at once.</summary>
/// <param name="samples">The samples; reading one may be slow, but with a field padded to the longest it is read twice.</param>
/// <param name="collator">Writes samples.</param>
public sealed class ListSource<TSample>(IReadOnlyList<TSample> samples, ICollator<TSample> collator) : ISampleSource
{
    /// <inheritdoc/>
    public int Count => samples.Count;

    /// <inheritdoc/>
    public IReadOnlyList<FieldSpec> Fields => collator.Fields;

    /// <inheritdoc/>
    public int Length(int sample, int field) => collator.Length(samples[sample], field);

    /// <inheritdoc/>
    public void Write(int sample, SampleWriter writer) => collator.Write(samples[sample], writer);
}
