namespace Experiments.Data.Tests.Support;

/// <summary>A ragged and a fixed field whose values tell sample and place; counts what is asked of it.</summary>
internal sealed class RandomSource(int count, int seed, PaddingMode padding, double paddingValue = 0) : ISampleSource
{
    public const int MaxFrames = 6;
    private const int Features = 3;

    public int Count => count;

    public IReadOnlyList<FieldSpec> Fields { get; } =
    [
        new FieldSpec { Name = "frames", Shape = [MaxFrames, Features], Ragged = true, Padding = padding, PaddingValue = paddingValue, Mask = true },
        new FieldSpec { Name = "id", Type = TorchSharp.torch.ScalarType.Int64 },
        new FieldSpec { Name = "draw", Type = TorchSharp.torch.ScalarType.Float64 },
    ];

    public Action<int>? OnWrite { get; init; }

    // Some are longer than the maximum, some empty.
    public int FramesOf(int sample) => (int)((uint)HashCode.Combine(sample * 7919, seed) % (MaxFrames + 3));

    public static float Value(int sample, int place) => sample + (place / 64f) + 1;

    public int Length(int sample, int field) => FramesOf(sample);

    public void Write(int sample, SampleWriter writer)
    {
        OnWrite?.Invoke(sample);
        var values = new float[FramesOf(sample) * Features];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(sample, i);
        }

        writer.Write<float>(0, values);
        writer.Write(1, (long)sample);
        var random = writer.Random;
        writer.Write(2, random.NextDouble());
    }

    /// <summary>What a batch must hold, made the simple way.</summary>
    public BatchContent Expected(IReadOnlyList<int> samples)
    {
        var frames = padding == PaddingMode.Maximum ? MaxFrames : Math.Clamp(samples.Max(FramesOf), 1, MaxFrames);
        var values = new List<float>();
        var mask = new List<bool>();
        foreach (var sample in samples)
        {
            for (var frame = 0; frame < frames; frame++)
            {
                var real = frame < FramesOf(sample);
                mask.Add(real);
                values.AddRange(Enumerable.Range(frame * Features, Features).Select(place => real ? Value(sample, place) : (float)paddingValue));
            }
        }

        return new BatchContent([.. values], [.. samples.Select(sample => Math.Min(FramesOf(sample), MaxFrames))], [.. mask], [.. samples.Select(sample => (long)sample)]);
    }
}
