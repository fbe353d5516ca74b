using System.Runtime.CompilerServices;
using Experiments.Data.Numpy;
using Experiments.Data.Pooling;

namespace Experiments.Data.Sources;

internal sealed class NpyColumn(FieldSpec spec, NpyArray array) : Column(spec, checked((int)array.Rows))
{
    private readonly ColdRanges _cold = new(array.Map);
    private readonly int[] _ends = array.RowBytes >= FieldBuffer.LongRow ? new int[array.Rows] : [];

    public NpyColumn(string name, NpyArray array)
        : this(new FieldSpec { Name = name, Type = array.Type, Shape = [.. array.Shape.Skip(1)] }, array)
    {
    }

    public override Column With(FieldSpec spec) => new NpyColumn(spec, array);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Write(int sample, int field, in SampleWriter writer)
    {
        var unknown = 0;
        NpyRows.Write(array, sample, 1, field, writer, ref _ends.Length == 0 ? ref unknown : ref _ends[sample]);
    }

    internal override void ReadAhead(ReadOnlySpan<int> samples) =>
        _cold.ReadAhead(samples, sample => (array.DataOffset + (sample * array.RowBytes), array.RowBytes));
}
