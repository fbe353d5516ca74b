using static TorchSharp.torch;

namespace Experiments.Data;

/// <summary>One named part of a sample, and how a batch of it looks.</summary>
public sealed record FieldSpec
{
    /// <summary>Name of the tensor in the batch.</summary>
    public required string Name { get; init; }

    /// <summary>Element type in the batch; values of other types are converted while they are written. Default float32.</summary>
    public ScalarType Type { get; init; } = ScalarType.Float32;

    /// <summary>Shape of one sample, without the batch dimension; empty for a scalar. For a ragged field the first dimension is the maximum.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];

    /// <summary>Whether the first dimension differs by sample. The batch then has an int64 tensor <c>NAME_lengths</c> as well. Default false.</summary>
    public bool Ragged { get; init; }

    /// <summary>How far ragged samples are padded. Default: to the maximum. Longer samples are cut to the maximum.</summary>
    public PaddingMode Padding { get; init; }

    /// <summary>Value of padding. Default 0.</summary>
    public double PaddingValue { get; init; }

    /// <summary>Whether the batch also has a bool tensor <c>NAME_mask</c>, true where a frame is real. Default false; ragged fields only.</summary>
    public bool Mask { get; init; }
}
