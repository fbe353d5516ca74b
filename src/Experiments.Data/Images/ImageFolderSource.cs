using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace Experiments.Data.Images;

/// <summary>Pictures of a folder: <c>image</c> (float32, 3 × height × width) and <c>label</c> (int64). Each subfolder is a class; pictures beside them have none.</summary>
public sealed class ImageFolderSource : ISampleSource
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif"];

    [ThreadStatic]
    private static ImageScratch? _scratch;

    private readonly (string Path, int Label)[] _files;
    private readonly ImageTransform _transform;
    private readonly (Vector128<float> Factor, Vector128<float> Offset) _normal;

    /// <summary>Lists the folder. Pictures are opened when they are needed.</summary>
    /// <exception cref="DataFormatException">The folder cannot be read, or holds no picture.</exception>
    /// <exception cref="ArgumentException">Mean or deviation are not three numbers, or a deviation is zero.</exception>
    public ImageFolderSource(string folder, ImageTransform? transform = null)
    {
        _transform = transform ?? new ImageTransform();
        if (_transform.Mean.Count != 3 || _transform.StandardDeviation.Count != 3 || _transform.StandardDeviation.Contains(0f))
        {
            throw new ArgumentException("Mean and deviation are three numbers each, and no deviation is zero.", nameof(transform));
        }

        _normal = (Vector(i => 1 / (255 * _transform.StandardDeviation[i])), Vector(i => -_transform.Mean[i] / _transform.StandardDeviation[i]));
        Fields = [new FieldSpec { Name = "image", Shape = [3, _transform.Height, _transform.Width] }, new FieldSpec { Name = "label", Type = ScalarType.Int64 }];
        (_files, Classes) = List(folder);
    }

    /// <summary>Names of the classes by label, in ordinal order; empty where the folder has no subfolders (all labels are then 0).</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Paths of the pictures by sample.</summary>
    public IReadOnlyList<string> Files => Array.ConvertAll(_files, file => file.Path);

    /// <inheritdoc/>
    public int Count => _files.Length;

    /// <inheritdoc/>
    public IReadOnlyList<FieldSpec> Fields { get; }

    /// <inheritdoc/>
    public int Length(int sample, int field) => 1;

    /// <inheritdoc/>
    public unsafe void Write(int sample, SampleWriter writer)
    {
        var (path, label) = _files[sample];
        var scratch = _scratch ??= new ImageScratch();
        var random = writer.Random;
        using var codec = ImageDecoder.Open(path, scratch);
        var region = CropRegion.Of(codec.Info.Width, codec.Info.Height, _transform, ref random);
        var mirrored = random.NextDouble() < _transform.FlipProbability;
        var (pixels, rowBytes, size) = ImageDecoder.Decode(codec, path, region, _transform, scratch);
        scratch.Down.Make(size.Height, _transform.Height, mirrored: false);
        scratch.Across.Make(size.Width, _transform.Width, mirrored);
        fixed (float* planes = writer.Destination<float>(0))
        {
            Resampler.Run((byte*)pixels, rowBytes, size, ((nint)planes, _transform.Width, _transform.Height), _normal, scratch);
        }

        writer.Write(1, (long)label);
    }

    private static ((string Path, int Label)[] Files, string[] Classes) List(string folder)
    {
        try
        {
            var classes = Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToArray();
            var files = classes.Length == 0
                ? Pictures(folder).Select(path => (path, 0))
                : classes.SelectMany((name, label) => Pictures(Path.Combine(folder, name)).Select(path => (path, label)));
            var all = files.ToArray();
            return all.Length > 0 ? (all, classes) : throw new DataFormatException(DataFault.Unreadable, folder, "folder", $"pictures ({string.Join(" ", Extensions)})", "none");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(DataFault.Unreadable, folder, "folder", "a readable folder", problem.Message.TrimEnd('.'));
        }
    }

    private static IEnumerable<string> Pictures(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal);

    private static Vector128<float> Vector(Func<int, float> value) => Vector128.Create(value(0), value(1), value(2), 0);
}
