using Experiments.Data.Sampling;

namespace Experiments.Data.Images;

/// <summary>A rectangle of a picture, in pixels.</summary>
internal readonly record struct CropRegion(int Left, int Top, int Width, int Height)
{
    private const int Attempts = 10;

    /// <summary>The region that a transform takes of a picture.</summary>
    public static CropRegion Of(int width, int height, ImageTransform transform, ref SampleRandom random) =>
        transform.RandomCrop ? Random(width, height, transform, ref random) : Centre(width, height, transform);

    // As torchvision draws it: area, then the logarithm of the aspect; the greatest central region where nothing fits.
    private static CropRegion Random(int width, int height, ImageTransform transform, ref SampleRandom random)
    {
        var (least, most) = (Math.Log(transform.CropAspect.Least), Math.Log(transform.CropAspect.Most));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)width * height * Between(ref random, transform.CropArea.Least, transform.CropArea.Most);
            var aspect = Math.Exp(Between(ref random, least, most));
            var (w, h) = ((int)Math.Round(Math.Sqrt(area * aspect)), (int)Math.Round(Math.Sqrt(area / aspect)));
            if (w > 0 && w <= width && h > 0 && h <= height)
            {
                return new CropRegion(random.Next(width - w + 1), random.Next(height - h + 1), w, h);
            }
        }

        var bounded = Math.Clamp((double)width / height, transform.CropAspect.Least, transform.CropAspect.Most);
        var (fullWidth, fullHeight) = (Math.Min(width, (int)Math.Round(height * bounded)), Math.Min(height, (int)Math.Round(width / bounded)));
        return new CropRegion((width - fullWidth) / 2, (height - fullHeight) / 2, Math.Max(1, fullWidth), Math.Max(1, fullHeight));
    }

    private static CropRegion Centre(int width, int height, ImageTransform transform)
    {
        var scale = Math.Min((double)width / transform.Width, (double)height / transform.Height) * transform.CentreFraction;
        var w = Math.Clamp((int)Math.Round(transform.Width * scale), 1, width);
        var h = Math.Clamp((int)Math.Round(transform.Height * scale), 1, height);
        return new CropRegion((width - w) / 2, (height - h) / 2, w, h);
    }

    private static double Between(ref SampleRandom random, double least, double most) => least + (random.NextDouble() * (most - least));
}
