using System.Runtime.InteropServices;
using SkiaSharp;

namespace Experiments.Bench.Loader;

/// <summary>The files that every peer reads: made once, of fixed seeds, shaped like MIntRec's features and ImageNet's pictures.</summary>
internal static class BenchData
{
    public const int PaddedSamples = 256;
    public const int SmallSamples = 65_536;
    public const int RaggedSamples = 1_779;
    public const int Images = 600;
    public const int VideoFrames = 230;
    public const int VideoFeatures = 1024;
    public const int AudioFrames = 480;
    public const int AudioFeatures = 768;
    public const int TextTokens = 30;
    private const string Done = "complete-3";

    public static void Ensure(string folder)
    {
        if (File.Exists(Path.Combine(folder, Done)))
        {
            return;
        }

        Console.WriteLine($"making the peers' data in {folder} (3.8 GB, once)");
        Directory.CreateDirectory(folder);
        Padded(Directory.CreateDirectory(Path.Combine(folder, "padded")).FullName, whole: false);
        Padded(Directory.CreateDirectory(Path.Combine(folder, "full")).FullName, whole: true);
        Small(Directory.CreateDirectory(Path.Combine(folder, "small")).FullName);
        Ragged(Directory.CreateDirectory(Path.Combine(folder, "ragged")).FullName);
        Jpeg(Directory.CreateDirectory(Path.Combine(folder, "jpeg")).FullName);
        File.WriteAllText(Path.Combine(folder, Done), string.Empty);
    }

    /// <summary>Reads a scenario's files once, so that the peer that comes first does not pay for the disk.</summary>
    public static void Warm(string folder, string scenario)
    {
        foreach (var file in Directory.Exists(Path.Combine(folder, scenario)) ? Directory.EnumerateFiles(Path.Combine(folder, scenario)) : [])
        {
            using var stream = File.OpenRead(file);
            stream.CopyTo(Stream.Null, 1 << 20);
        }
    }

    // As MIntRec's features come: zeros behind each sample's frames. Where all samples are whole, nothing but copying is left to do.
    private static void Padded(string folder, bool whole)
    {
        var random = new Random(7);
        var seconds = Durations(random, PaddedSamples);
        var (video, audio) = (Lengths(24, VideoFrames), Lengths(50, AudioFrames));
        PaddedModality(Path.Combine(folder, "video"), random, video, VideoFrames, VideoFeatures);
        PaddedModality(Path.Combine(folder, "audio"), random, audio, AudioFrames, AudioFeatures);
        Longs(Path.Combine(folder, "text.npy"), random, 30_000, PaddedSamples, 3, TextTokens);
        Longs(Path.Combine(folder, "label.npy"), random, 20, PaddedSamples);

        int[] Lengths(int rate, int frames) => [.. seconds.Select(s => whole ? frames : (int)(s * rate))];
    }

    private static void PaddedModality(string path, Random random, int[] lengths, int frames, int features)
    {
        using var file = new NpyWriter(path + ".npy", "<f4", lengths.Length, frames, features);
        foreach (var length in lengths)
        {
            var sample = new float[frames * features];
            var data = sample.AsSpan(0, length * features);
            random.NextBytes(MemoryMarshal.AsBytes(data));
            Finite(data);
            file.Write<float>(sample);
        }

        using var ends = new NpyWriter(path + "_lengths.npy", "<i8", lengths.Length);
        ends.Write<long>(Array.ConvertAll(lengths, length => (long)length));
    }

    private static void Small(string folder)
    {
        var random = new Random(8);
        Floats(Path.Combine(folder, "features.npy"), random, SmallSamples, 768);
        Longs(Path.Combine(folder, "label.npy"), random, 20, SmallSamples);
    }

    // As in MIntRec: log-normal, mean 2.4 s, at most 9.59 s.
    private static double[] Durations(Random random, int samples) =>
        [.. Enumerable.Range(0, samples).Select(_ => Math.Clamp(Math.Exp(Math.Log(2.05) + (0.56 * Normal(random))), 0.4, 9.59))];

    private static void Ragged(string folder)
    {
        var random = new Random(9);
        var seconds = Durations(random, RaggedSamples);
        RaggedModality(folder, "video", random, [.. seconds.Select(s => (int)(s * 24))], VideoFeatures);
        RaggedModality(folder, "audio", random, [.. seconds.Select(s => (int)(s * 50))], AudioFeatures);
        File.WriteAllLines(Path.Combine(folder, "samples.csv"), ["sample,split,label", .. Enumerable.Range(0, RaggedSamples).Select(i => $"s{i},train,c{random.Next(20)}")]);
        var classes = string.Join(",", Enumerable.Range(0, 20).Select(i => $"\"c{i}\""));
        File.WriteAllText(Path.Combine(folder, "dataset.json"),
            $$"""{"schemaVersion":1,"name":"bench","samples":{{RaggedSamples}},"classes":[{{classes}}],"modalities":{"video":{"features":1024,"max_frames":230},"audio":{"features":768,"max_frames":480} },"synthetic":["all of it"]}""");
    }

    private static void RaggedModality(string folder, string name, Random random, int[] frames, int features)
    {
        var offsets = new long[frames.Length + 1];
        for (var i = 0; i < frames.Length; i++)
        {
            offsets[i + 1] = offsets[i] + frames[i];
        }

        Floats(Path.Combine(folder, name + ".npy"), random, offsets[^1], features);
        using var file = new NpyWriter(Path.Combine(folder, name + "_offsets.npy"), "<i8", offsets.Length);
        file.Write<long>(offsets);
    }

    // Smooth fields of colour, some texture and some grain: about 100 KB at quality 90.
    private static void Jpeg(string folder)
    {
        var random = new Random(11);
        for (var i = 0; i < Images; i++)
        {
            using var surface = SKSurface.Create(new SKImageInfo(500, 375, SKColorType.Rgba8888));
            foreach (var (width, height, alpha) in new[] { (8, 6, 255), (63, 47, 110), (500, 375, 64) })
            {
                var bytes = new byte[width * height * 4];
                random.NextBytes(bytes);
                using var noise = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
                Marshal.Copy(bytes, 0, noise.GetPixels(), bytes.Length);
                using var image = SKImage.FromBitmap(noise);
                using var paint = new SKPaint { Color = new SKColor(255, 255, 255, (byte)alpha) };
                surface.Canvas.DrawImage(image, new SKRect(0, 0, 500, 375), new SKSamplingOptions(SKCubicResampler.Mitchell), paint);
            }

            using var snapshot = surface.Snapshot();
            using var encoded = snapshot.Encode(SKEncodedImageFormat.Jpeg, 90);
            File.WriteAllBytes(Path.Combine(folder, $"{i:00000}.jpg"), encoded.ToArray());
        }
    }

    private static void Floats(string path, Random random, params long[] shape)
    {
        using var file = new NpyWriter(path, "<f4", shape);
        var row = new float[1 << 18];
        for (var left = shape.Aggregate(1L, (product, length) => product * length); left > 0; left -= row.Length)
        {
            random.NextBytes(MemoryMarshal.AsBytes(row.AsSpan()));
            Finite(row);
            file.Write<float>(row.AsSpan(0, (int)Math.Min(left, row.Length)));
        }
    }

    // Random bits as numbers from 1 to 2: no infinities, and made as fast as the disk takes them.
    private static void Finite(Span<float> values)
    {
        foreach (ref var bits in MemoryMarshal.Cast<float, uint>(values))
        {
            bits = (bits & 0x007FFFFF) | 0x3F800000;
        }
    }

    private static void Longs(string path, Random random, int bound, params long[] shape)
    {
        using var file = new NpyWriter(path, "<i8", shape);
        var values = new long[shape.Aggregate(1L, (product, length) => product * length)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.Next(1, bound);
        }

        file.Write<long>(values);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
