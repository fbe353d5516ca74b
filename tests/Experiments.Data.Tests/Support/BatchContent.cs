namespace Experiments.Data.Tests.Support;

/// <summary>A batch's values, copied out.</summary>
internal sealed record BatchContent(float[] Frames, long[] Lengths, bool[] Mask, long[] Ids)
{
    public static BatchContent Of(Batch batch) => new(
        [.. batch["frames"].data<float>()], [.. batch.Lengths("frames").data<long>()], [.. batch.Mask("frames").data<bool>()], [.. batch["id"].data<long>()]);

    public bool Equals(BatchContent? other) => other is not null && Frames.AsSpan().SequenceEqual(other.Frames) && Lengths.AsSpan().SequenceEqual(other.Lengths)
        && Mask.AsSpan().SequenceEqual(other.Mask) && Ids.AsSpan().SequenceEqual(other.Ids);

    public override int GetHashCode() => Ids.Length;
}
