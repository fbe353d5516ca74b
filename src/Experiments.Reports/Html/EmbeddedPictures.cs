using Experiments.Core.Results;
using Experiments.Reports.Pictures;
using Experiments.Shared;

namespace Experiments.Reports.Html;

/// <summary>Reads the pictures of a sweep that its page carries, so that the page can be mailed, and opened in MLflow.</summary>
internal static class EmbeddedPictures
{
    /// <summary>Configurations whose pictures the page carries; of more, the first.</summary>
    public const int MostConfigurations = 32;

    /// <summary>A picture of more is carried as PNG instead, whose size does not grow with a trial's length.</summary>
    public const int LargestSvgBytes = 192 * 1024;

    /// <summary>All pictures of a page together.</summary>
    public const long MostBytes = 4 << 20;

    /// <summary>The memory over time of the first configurations that have a picture.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="sweep">The sweep.</param>
    /// <exception cref="IOException">A picture cannot be read.</exception>
    public static IReadOnlyList<EmbeddedPicture> Read(string folder, SweepResult sweep)
    {
        var pictures = new List<EmbeddedPicture>();
        var bytes = 0L;
        foreach (var configuration in sweep.Configurations)
        {
            var path = Path.Combine(folder, SweepPictures.FolderName, SweepPictures.NameOf(configuration));
            var (svg, png) = (new FileInfo(path + ".svg"), new FileInfo(path + ".png"));
            var (file, type) = svg is { Exists: true, Length: <= LargestSvgBytes } ? (svg, "svg+xml") : (png, "png");
            if (!file.Exists || PlainFile.IsRefused(file.FullName))
                continue;
            if (pictures.Count == MostConfigurations || (bytes += file.Length) > MostBytes)
                break;
            pictures.Add(new EmbeddedPicture(configuration.Id, $"data:image/{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file.FullName))}"));
        }

        return pictures;
    }
}
