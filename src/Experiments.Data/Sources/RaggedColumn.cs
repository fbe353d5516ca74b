using System.Runtime.CompilerServices;
using Experiments.Data.Numpy;

namespace Experiments.Data.Sources;

internal sealed class RaggedColumn : Column
{
    private readonly NpyArray _frames;
    private readonly ReadOnlyMemory<long> _offsets;
    private readonly ColdRanges _cold;

    public RaggedColumn(FieldSpec spec, NpyArray frames, ReadOnlyMemory<long> offsets)
        : base(spec, offsets.Length - 1)
    {
        if (!spec.Ragged || !spec.Shape.Skip(1).SequenceEqual(frames.Shape.Skip(1)))
        {
            throw new ArgumentException($"Field '{spec.Name}' must be ragged with frames of ({string.Join(", ", frames.Shape.Skip(1))}).", nameof(spec));
        }

        if (offsets.Length == 0 || offsets.Span[0] != 0 || offsets.Span[^1] != frames.Rows)
        {
            throw new ArgumentException($"Offsets of '{spec.Name}' must begin at 0 and end at {frames.Rows}.", nameof(offsets));
        }

        (_frames, _offsets, _cold) = (frames, offsets, new ColdRanges(frames.Map));
    }

    public override Column With(FieldSpec spec) => new RaggedColumn(spec, _frames, _offsets);

    internal override int Length(int sample)
    {
        var offsets = _offsets.Span;
        return checked((int)(offsets[sample + 1] - offsets[sample]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Write(int sample, int field, in SampleWriter writer)
    {
        var frames = Math.Min(Length(sample), Spec.Shape[0]);
        var unknown = 0;
        NpyRows.Write(_frames, _offsets.Span[sample], frames, field, writer, ref unknown);
    }

    internal override void ReadAhead(ReadOnlySpan<int> samples) =>
        _cold.ReadAhead(samples, sample => (_frames.DataOffset + (_offsets.Span[sample] * _frames.RowBytes), Length(sample) * _frames.RowBytes));
}
