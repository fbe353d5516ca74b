using System.Runtime.CompilerServices;
using Experiments.Data.Collation;

namespace Experiments.Data.Sources;

internal sealed class ArrayColumn<T> : Column
    where T : unmanaged
{
    private readonly ReadOnlyMemory<T> _values;
    private readonly int _rowLength;

    public ArrayColumn(string name, ReadOnlyMemory<T> values, long[] shape)
        : this(new FieldSpec { Name = name, Type = Elements.Of<T>(), Shape = shape }, values)
    {
    }

    private ArrayColumn(FieldSpec spec, ReadOnlyMemory<T> values)
        : base(spec, Samples(spec, values.Length)) => (_values, _rowLength) = (values, checked((int)spec.Shape.ToArray().Product()));

    public override Column With(FieldSpec spec) => new ArrayColumn<T>(spec, _values);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Write(int sample, int field, in SampleWriter writer) => writer.Write(field, _values.Span.Slice(sample * _rowLength, _rowLength));

    private static int Samples(FieldSpec spec, int values)
    {
        var perSample = spec.Shape.ToArray().Product();
        return perSample > 0 && values % perSample == 0
            ? (int)(values / perSample)
            : throw new ArgumentException($"Column '{spec.Name}': {values} values are no whole number of samples of {perSample}.");
    }
}
