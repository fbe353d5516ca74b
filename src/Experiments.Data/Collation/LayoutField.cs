using static TorchSharp.torch;

namespace Experiments.Data.Collation;

/// <summary>One tensor of a batch: what a <see cref="FieldSpec"/> says, worked out, or the lengths or the mask of one.</summary>
internal sealed class LayoutField
{
    public required string Name { get; init; }

    public required FieldRole Role { get; init; }

    public required ScalarType Type { get; init; }

    /// <summary>Index of the data field that lengths or mask belong to; a data field's own index.</summary>
    public required int Owner { get; init; }

    /// <summary>Shape of a sample; a ragged one's first dimension is the maximum.</summary>
    public required long[] Shape { get; init; }

    public required bool Ragged { get; init; }

    public required PaddingMode Padding { get; init; }

    /// <summary>The padding value as the bits of one element.</summary>
    public required ulong PaddingBits { get; init; }

    /// <summary>Index of the lengths and the mask tensor, or -1.</summary>
    public int LengthsIndex { get; set; } = -1;

    /// <inheritdoc cref="LengthsIndex"/>
    public int MaskIndex { get; set; } = -1;

    // Worked out once: samples are written by the million.
    public int ElementBytes => field != 0 ? field : field = Elements.Size(Type);

    /// <summary>Most frames of a sample; 1 for a field that is not ragged.</summary>
    public long MaxFrames => Ragged ? Shape[0] : 1;

    /// <summary>Elements of one frame; of a whole sample where the field is not ragged.</summary>
    public long FrameElements => field != 0 ? field : field = (Ragged ? Shape.AsSpan(1) : Shape).Product();

    public long MaxRowBytes => MaxFrames * FrameElements * ElementBytes;

    /// <summary>Shape of a batch's tensor.</summary>
    public long[] BatchShape(int samples, long frames) => Ragged ? [samples, frames, .. Shape.AsSpan(1)] : [samples, .. Shape];
}
