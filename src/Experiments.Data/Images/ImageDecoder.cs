using SkiaSharp;

namespace Experiments.Data.Images;

/// <summary>Decodes no more of a picture than its region needs: rows above are skipped, rows below never read, and large regions are decoded at a half, a quarter or an eighth.</summary>
internal static unsafe class ImageDecoder
{
    /// <summary>Reads a file into a thread's memory.</summary>
    /// <exception cref="DataFormatException">The file cannot be read.</exception>
    public static SKCodec Open(string path, ImageScratch scratch)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            var memory = scratch.File(Math.Max(length, 1));
            for (long read = 0; read < length;)
            {
                var part = RandomAccess.Read(handle, new Span<byte>(memory + read, (int)Math.Min(length - read, 1 << 30)), read);
                if (part == 0)
                {
                    break;
                }

                read += part;
            }

            using var data = SKData.Create((nint)memory, (int)length);
            return SKCodec.Create(data) ?? throw new DataFormatException(DataFault.BadImage, path, "content", "a picture (JPEG, PNG, WebP, GIF or BMP)", $"{length} bytes that are none");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(DataFault.Unreadable, path, "file", "a readable file", problem.Message.TrimEnd('.'));
        }
    }

    /// <summary>Decodes a region of a picture, perhaps at a smaller scale. Gives its first pixel, the bytes of a row, and its size in decoded pixels.</summary>
    /// <exception cref="DataFormatException">The picture is damaged.</exception>
    public static (nint Pixels, int RowBytes, CropRegion Size) Decode(SKCodec codec, string path, CropRegion region, ImageTransform transform, ImageScratch scratch)
    {
        var full = codec.Info.Size;
        var wanted = Math.Max((float)transform.Width / region.Width, (float)transform.Height / region.Height);
        var size = wanted < 1 ? codec.GetScaledDimensions(Math.Max(wanted, 0.125f)) : full;
        if (size.Width * (long)region.Width / full.Width < transform.Width || size.Height * (long)region.Height / full.Height < transform.Height)
        {
            size = full;
        }

        var scaled = Scale(region, full, size);
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        if (codec.Info.AlphaType != SKAlphaType.Opaque)
        {
            info.AlphaType = SKAlphaType.Premul;
        }

        return Rows(codec, info, scaled, scratch) ?? Whole(codec, path, info, scaled, scratch);
    }

    /// <summary>Decodes the rows of a region alone. Null: not possible for this format, or the picture is cut off.</summary>
    internal static (nint Pixels, int RowBytes, CropRegion Size)? Rows(SKCodec codec, SKImageInfo info, CropRegion region, ImageScratch scratch)
    {
        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg)
        {
            return null;
        }

        // A scanline decoder takes a subset of columns; rows are skipped.
        // "Zero-initialized" keeps it from filling the rows that a cut-off file lacks: it would read the subset's width through a pointer to
        // the stack of the start's call, which has ended, and write that much beyond the memory. Rows that are missing are not used.
        var columns = new SKCodecOptions(new SKRectI(region.Left, 0, region.Left + region.Width, info.Height)) { ZeroInitialized = SKZeroInitialized.Yes };
        if (codec.StartScanlineDecode(info, columns) != SKCodecResult.Success)
        {
            return null;
        }

        var rowBytes = region.Width * 4;
        var pixels = scratch.Pixels(((long)rowBytes * region.Height) + 64);
        var complete = codec.SkipScanlines(region.Top) && codec.GetScanlines((nint)pixels, region.Height, rowBytes) == region.Height;
        return complete ? ((nint)pixels, rowBytes, region) : null;
    }

    private static (nint Pixels, int RowBytes, CropRegion Size) Whole(SKCodec codec, string path, SKImageInfo info, CropRegion region, ImageScratch scratch)
    {
        var rowBytes = info.RowBytes;
        var pixels = scratch.Pixels(((long)rowBytes * info.Height) + 64);
        var result = codec.GetPixels(info, (nint)pixels, rowBytes, SKCodecOptions.Default);
        return result == SKCodecResult.Success
            ? ((nint)(pixels + ((long)region.Top * rowBytes) + (region.Left * 4)), rowBytes, region)
            : throw new DataFormatException(DataFault.BadImage, path, "content", "a whole picture", $"a damaged one ({result})");
    }

    private static CropRegion Scale(CropRegion region, SKSizeI from, SKSizeI to)
    {
        if (from == to)
        {
            return region;
        }

        var (x, y) = ((double)to.Width / from.Width, (double)to.Height / from.Height);
        var (left, top) = ((int)(region.Left * x), (int)(region.Top * y));
        return new CropRegion(left, top, Math.Clamp((int)Math.Round(region.Width * x), 1, to.Width - left), Math.Clamp((int)Math.Round(region.Height * y), 1, to.Height - top));
    }
}
