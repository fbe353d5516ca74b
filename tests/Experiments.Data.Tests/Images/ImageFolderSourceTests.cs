using Experiments.Data.Images;
using Experiments.Data.Sampling;
using Experiments.Data.Tests.Support;
using SkiaSharp;

namespace Experiments.Data.Tests.Images;

public sealed class ImageFolderSourceTests : IDisposable
{
    private static readonly ImageTransform Plain = new()
    {
        Width = 40, Height = 30, RandomCrop = false, CentreFraction = 1, FlipProbability = 0, Mean = [0, 0, 0], StandardDeviation = [1, 1, 1],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Subfolders_are_classes_in_their_order()
    {
        Save("dog/1.png", 40, 30, SKEncodedImageFormat.Png);
        Save("cat/2.jpg", 40, 30, SKEncodedImageFormat.Jpeg);
        Save("cat/1.jpg", 40, 30, SKEncodedImageFormat.Jpeg);
        File.WriteAllText(_folder["cat/notes.txt"], "none");
        var source = new ImageFolderSource(_folder.Path, Plain);
        Assert.Equal(["cat", "dog"], source.Classes);
        Assert.Equal(["1.jpg", "2.jpg", "1.png"], source.Files.Select(Path.GetFileName));
        using var batch = BatchLoader.Create(source, new LoaderOptions { BatchSize = 3 }).Single();
        Assert.Equal([3, 3, 30, 40], batch["image"].shape);
        Assert.Equal([0L, 0L, 1L], batch["label"].data<long>().ToArray());
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 0.51)]
    [InlineData(SKEncodedImageFormat.Jpeg, 8)]
    public void A_picture_of_its_own_size_keeps_its_colours(SKEncodedImageFormat format, double tolerance)
    {
        using var bitmap = Save("a." + format, 40, 30, format);
        var pixels = Load(Plain);
        for (var y = 0; y < 30; y++)
        {
            for (var x = 0; x < 40; x++)
            {
                var expected = bitmap.GetPixel(x, y);
                Assert.Equal(expected.Red, 255 * pixels[(y * 40) + x], tolerance);
                Assert.Equal(expected.Green, 255 * pixels[1200 + (y * 40) + x], tolerance);
                Assert.Equal(expected.Blue, 255 * pixels[2400 + (y * 40) + x], tolerance);
            }
        }
    }

    [Theory]
    [InlineData(97, 71)]
    [InlineData(13, 20)]
    [InlineData(400, 300)]
    public void Resizing_is_that_of_a_naive_triangle_filter(int width, int height)
    {
        using var bitmap = Save("a.png", width, height, SKEncodedImageFormat.Png);
        var random = new SampleRandom(0, 0, 0);
        var region = CropRegion.Of(width, height, Plain, ref random);
        var pixels = Load(Plain);
        for (var y = 0; y < 30; y += 7)
        {
            for (var x = 0; x < 40; x += 3)
            {
                Assert.Equal(Naive(bitmap, region, x, y), pixels[(y * 40) + x], 0.002);
            }
        }
    }

    [Fact]
    public void A_mirrored_picture_is_the_mirror_of_the_plain_one()
    {
        using var bitmap = Save("a.png", 97, 71, SKEncodedImageFormat.Png);
        var plain = Load(Plain);
        var mirrored = Load(Plain with { FlipProbability = 1 });
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i], mirrored[(i / 40 * 40) + 39 - (i % 40)], 1e-5f);
        }
    }

    [Fact]
    public void Normalisation_subtracts_the_mean_and_divides_by_the_deviation()
    {
        using var bitmap = Save("a.png", 40, 30, SKEncodedImageFormat.Png);
        var plain = Load(Plain);
        var normal = Load(Plain with { Mean = [0.1f, 0.2f, 0.3f], StandardDeviation = [0.5f, 0.25f, 2] });
        Assert.Equal((plain[5] - 0.1) / 0.5, normal[5], 1e-4);
        Assert.Equal((plain[1205] - 0.2) / 0.25, normal[1205], 1e-4);
        Assert.Equal((plain[2405] - 0.3) / 2, normal[2405], 1e-4);
    }

    [Fact]
    public void Random_regions_lie_in_the_picture_have_the_asked_area_and_are_the_same_for_any_worker_count()
    {
        var transform = new ImageTransform();
        for (var i = 0; i < 2000; i++)
        {
            var random = new SampleRandom(1, 0, (ulong)i);
            var region = CropRegion.Of(500, 375, transform, ref random);
            Assert.InRange(region.Left, 0, 500 - region.Width);
            Assert.InRange(region.Top, 0, 375 - region.Height);
            Assert.InRange((double)region.Width * region.Height / (500 * 375), 0.075, 1);
            Assert.InRange((double)region.Width / region.Height, 0.72, 1.38);
        }

        for (var i = 0; i < 6; i++)
        {
            Save($"{i}.jpg", 200, 150, SKEncodedImageFormat.Jpeg).Dispose();
        }

        Assert.Equal(Sums(0), Sums(3));

        float[] Sums(int workers)
        {
            using var loader = BatchLoader.Create(new ImageFolderSource(_folder.Path, transform), new LoaderOptions { BatchSize = 2, NumWorkers = workers, Shuffle = true, Seed = 4 });
            return [.. loader.SelectMany(batch =>
            {
                using (batch)
                {
                    return batch["image"].data<float>().ToArray();
                }
            })];
        }
    }

    [Fact]
    public void A_large_picture_is_decoded_at_a_smaller_scale_and_looks_the_same()
    {
        using var bitmap = Save("a.jpg", 1600, 1200, SKEncodedImageFormat.Jpeg);
        var random = new SampleRandom(0, 0, 0);
        var region = CropRegion.Of(1600, 1200, Plain, ref random);
        var pixels = Load(Plain);
        Assert.Equal(Naive(bitmap, region, 20, 15), pixels[(15 * 40) + 20], 0.05);
        Assert.Equal(Naive(bitmap, region, 3, 27), pixels[(27 * 40) + 3], 0.05);
    }

    [Fact]
    public void What_is_no_picture_is_named()
    {
        File.WriteAllText(_folder["a.jpg"], "no picture");
        using var loader = BatchLoader.Create(new ImageFolderSource(_folder.Path), new LoaderOptions());
        var problem = Assert.IsType<DataFormatException>(Assert.Throws<LoaderException>(() => loader.First()).InnerException);
        Assert.Equal((DataFault.BadImage, _folder["a.jpg"]), (problem.Fault, problem.File));
        File.WriteAllText(_folder["a.jpg"], string.Empty);
        Assert.IsType<DataFormatException>(Assert.Throws<LoaderException>(() => loader.First()).InnerException);
    }

    [Fact]
    public void A_cut_off_picture_is_named()
    {
        Save("a.jpg", 300, 200, SKEncodedImageFormat.Jpeg).Dispose();
        var whole = File.ReadAllBytes(_folder["a.jpg"]);
        File.WriteAllBytes(_folder["a.jpg"], whole[..(whole.Length / 2)]);
        using var loader = BatchLoader.Create(new ImageFolderSource(_folder.Path, Plain), new LoaderOptions());
        Assert.Equal(DataFault.BadImage, Assert.IsType<DataFormatException>(Assert.Throws<LoaderException>(() => loader.First()).InnerException).Fault);
    }

    /// <summary>The decoder fills missing rows over a width that it reads from memory of a call that has ended: it must not fill them at all.</summary>
    [Fact]
    public unsafe void The_missing_rows_of_a_cut_off_picture_are_not_written()
    {
        Save("a.jpg", 300, 200, SKEncodedImageFormat.Jpeg).Dispose();
        var whole = File.ReadAllBytes(_folder["a.jpg"]);
        File.WriteAllBytes(_folder["a.jpg"], whole[..(whole.Length / 2)]);
        var scratch = new ImageScratch();
        var region = new CropRegion(40, 5, 60, 190);
        var bytes = 60 * 4 * 190;
        new Span<byte>(scratch.Pixels(bytes + 64), bytes).Fill(0xA5);
        using var codec = ImageDecoder.Open(_folder["a.jpg"], scratch);

        Assert.Null(ImageDecoder.Rows(codec, new SKImageInfo(300, 200, SKColorType.Rgba8888, SKAlphaType.Opaque), region, scratch));

        var pixels = new ReadOnlySpan<byte>(scratch.Pixels(bytes + 64), bytes);
        Assert.False(pixels[..(60 * 4)].Contains((byte)0xA5));
        Assert.Equal(-1, pixels[^(60 * 4 * 20)..].IndexOfAnyExcept((byte)0xA5));
        GC.KeepAlive(scratch);
    }

    private float[] Load(ImageTransform transform)
    {
        using var loader = BatchLoader.Create(new ImageFolderSource(_folder.Path, transform), new LoaderOptions());
        using var batch = loader.Single();
        return [.. batch["image"].data<float>()];
    }

    private SKBitmap Save(string name, int width, int height, SKEncodedImageFormat format)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)(255 * x / width), (byte)(255 * y / height), (byte)(127 + (60 * Math.Sin(x * 6.0 / width)))));
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        using var encoded = bitmap.Encode(format, 98);
        File.WriteAllBytes(_folder[name], encoded.ToArray());
        return bitmap;
    }

    // The red plane, 0 to 1: a triangle as wide as an output pixel covers, in both directions.
    private static double Naive(SKBitmap bitmap, CropRegion region, int x, int y)
    {
        var (scaleX, scaleY) = (region.Width / 40.0, region.Height / 30.0);
        var (sum, weights) = (0.0, 0.0);
        for (var j = 0; j < region.Height; j++)
        {
            for (var i = 0; i < region.Width; i++)
            {
                var across = 1 - Math.Abs(i + 0.5 - ((x + 0.5) * scaleX)) / Math.Max(1, scaleX);
                var down = 1 - Math.Abs(j + 0.5 - ((y + 0.5) * scaleY)) / Math.Max(1, scaleY);
                if (across > 0 && down > 0)
                {
                    sum += across * down * bitmap.GetPixel(region.Left + i, region.Top + j).Red;
                    weights += across * down;
                }
            }
        }

        return sum / weights / 255;
    }
}
