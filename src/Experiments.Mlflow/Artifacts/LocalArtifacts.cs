using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Artifacts;

/// <summary>Artifacts of one run in a local folder. Files are written to a temporary name beside their place, then moved.</summary>
internal sealed class LocalArtifacts(string root)
{
    private const string TemporaryPrefix = ".uploading-";

    /// <summary>The local folder that an artifact URI names; null if it is not a local one.</summary>
    public static string? TryGetFolder(string artifactUri)
    {
        if (artifactUri.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return Uri.TryCreate(artifactUri, UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : null;
        }

        return artifactUri.Contains("://", StringComparison.Ordinal) || artifactUri.StartsWith("mlflow-artifacts:", StringComparison.Ordinal)
            ? null
            : artifactUri;
    }

    public async Task WriteAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        var target = Resolve(path);
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, TemporaryPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            {
                await content.CopyToAsync(file, cancellationToken);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public Stream Open(string path)
    {
        try
        {
            return new FileStream(Resolve(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new MlflowException(MlflowErrorCode.ResourceDoesNotExist, $"no artifact '{path}'", e);
        }
    }

    public IReadOnlyList<ArtifactEntry> List(string? folder)
    {
        var place = new DirectoryInfo(folder is null ? root : Resolve(folder));
        return !place.Exists
            ? []
            : [.. place.EnumerateFileSystemInfos()
                .Where(entry => !entry.Name.StartsWith(TemporaryPrefix, StringComparison.Ordinal))
                .Select(entry => new ArtifactEntry(
                    folder is null ? entry.Name : $"{folder}/{entry.Name}",
                    entry is DirectoryInfo,
                    (entry as FileInfo)?.Length))
                .OrderBy(entry => entry.Path, StringComparer.Ordinal)];
    }

    public void Delete(string path)
    {
        var target = Resolve(path);
        if (Directory.Exists(target))
        {
            Directory.Delete(target, recursive: true);
        }
        else if (File.Exists(target))
        {
            File.Delete(target);
        }
    }

    private string Resolve(string path)
    {
        ArtifactPath.Check(path);
        return Path.Combine(root, Path.Combine(path.Split('/')));
    }
}
