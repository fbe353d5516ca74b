using System.Runtime.CompilerServices;

namespace Experiments.Data.Sources;

/// <summary>Samples whose fields lie in columns.</summary>
public sealed class ColumnSource : ISampleSource
{
    private readonly Column[] _columns;

    /// <summary>Makes a source.</summary>
    /// <exception cref="ArgumentException">There is no column, or their numbers of samples differ.</exception>
    public ColumnSource(params Column[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length == 0 || Array.Exists(columns, column => column.Count != columns[0].Count))
        {
            throw new ArgumentException($"Columns need the same number of samples: {string.Join(", ", columns.Select(column => $"{column.Spec.Name} {column.Count}"))}.", nameof(columns));
        }

        _columns = [.. columns];
        Fields = Array.ConvertAll(_columns, column => column.Spec);
        Count = columns[0].Count;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<FieldSpec> Fields { get; }

    /// <inheritdoc/>
    public int Length(int sample, int field) => _columns[field].Length(sample);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Write(int sample, SampleWriter writer)
    {
        for (var field = 0; field < _columns.Length; field++)
        {
            _columns[field].Write(sample, field, writer);
        }
    }

    /// <inheritdoc/>
    public void ReadAhead(ReadOnlySpan<int> samples)
    {
        foreach (var column in _columns)
        {
            column.ReadAhead(samples);
        }
    }
}
