using System.Runtime.Intrinsics;

namespace Experiments.Data.Images;

/// <summary>
/// Resizes 4-byte pixels and writes them as three normalised planes. Rows are mixed first, many values at a time, and only the rows that
/// are left are mixed across, a pixel at a time.
/// </summary>
internal static unsafe class Resampler
{
    /// <param name="pixels">First pixel of the region: red, green, blue and one byte more.</param>
    /// <param name="rowBytes">Bytes from one row to the next.</param>
    /// <param name="region">Size of the region.</param>
    /// <param name="planes">Where red, green and blue go, one behind the other.</param>
    /// <param name="normal">What each value is multiplied by, and what is added.</param>
    /// <param name="scratch">Weights, made for this region.</param>
    public static void Run(byte* pixels, int rowBytes, CropRegion region, (nint Start, int Width, int Height) planes, (Vector128<float> Factor, Vector128<float> Offset) normal, ImageScratch scratch)
    {
        var row = scratch.Row((region.Width * 4) + 16);
        var output = (float*)planes.Start;
        for (var y = 0; y < planes.Height; y++, output += planes.Width)
        {
            MixRows(pixels + ((long)scratch.Down.First[y] * rowBytes), rowBytes, scratch.Down.Weights.AsSpan(y * scratch.Down.Taps, scratch.Down.Count[y]), row, region.Width * 4);
            MixAcross(row, scratch.Across, output, planes.Width, (long)planes.Width * planes.Height, normal);
        }
    }

    private static void MixRows(byte* pixels, int rowBytes, ReadOnlySpan<float> weights, float* row, int values)
    {
        var i = 0;
        for (; i <= values - 16; i += 16)
        {
            var (a, b, c, d) = (Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero);
            var at = pixels + i;
            foreach (var weight in weights)
            {
                var (low, high) = Vector128.Widen(Vector128.Load(at));
                var factor = Vector128.Create(weight);
                a = Vector128.MultiplyAddEstimate(Float(Vector128.WidenLower(low)), factor, a);
                b = Vector128.MultiplyAddEstimate(Float(Vector128.WidenUpper(low)), factor, b);
                c = Vector128.MultiplyAddEstimate(Float(Vector128.WidenLower(high)), factor, c);
                d = Vector128.MultiplyAddEstimate(Float(Vector128.WidenUpper(high)), factor, d);
                at += rowBytes;
            }

            a.Store(row + i);
            b.Store(row + i + 4);
            c.Store(row + i + 8);
            d.Store(row + i + 12);
        }

        for (; i < values; i++)
        {
            var sum = 0f;
            for (var k = 0; k < weights.Length; k++)
            {
                sum += pixels[((long)k * rowBytes) + i] * weights[k];
            }

            row[i] = sum;
        }
    }

    private static void MixAcross(float* row, ResampleWeights across, float* output, int width, long plane, (Vector128<float> Factor, Vector128<float> Offset) normal)
    {
        fixed (float* weights = across.Weights)
        fixed (int* first = across.First, count = across.Count)
        {
            var taps = across.Taps;
            var x = 0;
            for (; x <= width - 4; x += 4)
            {
                var a = Pixel(row + (first[x] * 4), weights + (x * taps), count[x], normal);
                var b = Pixel(row + (first[x + 1] * 4), weights + ((x + 1) * taps), count[x + 1], normal);
                var c = Pixel(row + (first[x + 2] * 4), weights + ((x + 2) * taps), count[x + 2], normal);
                var d = Pixel(row + (first[x + 3] * 4), weights + ((x + 3) * taps), count[x + 3], normal);
                Vector128.Create(a[0], b[0], c[0], d[0]).Store(output + x);
                Vector128.Create(a[1], b[1], c[1], d[1]).Store(output + plane + x);
                Vector128.Create(a[2], b[2], c[2], d[2]).Store(output + (2 * plane) + x);
            }

            for (; x < width; x++)
            {
                var pixel = Pixel(row + (first[x] * 4), weights + (x * taps), count[x], normal);
                (output[x], output[plane + x], output[(2 * plane) + x]) = (pixel[0], pixel[1], pixel[2]);
            }
        }
    }

    private static Vector128<float> Pixel(float* source, float* weights, int count, (Vector128<float> Factor, Vector128<float> Offset) normal)
    {
        var sum = Vector128<float>.Zero;
        for (var i = 0; i < count; i++)
        {
            sum = Vector128.MultiplyAddEstimate(Vector128.Load(source + (4 * i)), Vector128.Create(weights[i]), sum);
        }

        return Vector128.MultiplyAddEstimate(sum, normal.Factor, normal.Offset);
    }

    private static Vector128<float> Float(Vector128<uint> values) => Vector128.ConvertToSingle(values.AsInt32());
}
