using System.Runtime.CompilerServices;

namespace Experiments.Data.Sources;

/// <summary>Some samples of another source, in an order of their own.</summary>
public sealed class SubsetSource : ISampleSource
{
    private readonly ISampleSource _source;
    private readonly int[] _samples;

    /// <summary>Makes a source of the given samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of the source.</exception>
    public SubsetSource(ISampleSource source, IReadOnlyList<int> samples)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(samples);
        foreach (var sample in samples)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sample, (uint)source.Count, nameof(samples));
        }

        (_source, _samples) = (source, [.. samples]);
    }

    /// <inheritdoc/>
    public int Count => _samples.Length;

    /// <inheritdoc/>
    public IReadOnlyList<FieldSpec> Fields => _source.Fields;

    /// <inheritdoc/>
    public int Length(int sample, int field) => _source.Length(_samples[sample], field);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(int sample, SampleWriter writer) => _source.Write(_samples[sample], writer);

    /// <inheritdoc/>
    public void ReadAhead(ReadOnlySpan<int> samples)
    {
        var inner = new int[samples.Length];
        for (var i = 0; i < inner.Length; i++)
        {
            inner[i] = _samples[samples[i]];
        }

        _source.ReadAhead(inner);
    }
}
