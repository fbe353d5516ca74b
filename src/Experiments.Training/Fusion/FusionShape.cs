using Experiments.Data;

namespace Experiments.Training.Fusion;

/// <summary>The sizes of a <see cref="FusionModel"/>.</summary>
internal sealed record FusionShape
{
    /// <summary>The ragged fields of the data: name, and most frames × features.</summary>
    public required IReadOnlyList<FieldSpec> Modalities { get; init; }

    public required int Classes { get; init; }

    public required long Hidden { get; init; }

    public required long Heads { get; init; }

    public required double Dropout { get; init; }
}
