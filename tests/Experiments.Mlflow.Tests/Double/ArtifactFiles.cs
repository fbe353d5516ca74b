using System.Text.Json.Nodes;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>The double's artifacts, in a folder.</summary>
internal sealed class ArtifactFiles(string root)
{
    public static string CheckPath(string path)
    {
        // As servers do: decoded again, and what then leaves the folder or has a fragment is refused.
        for (var decoded = Uri.UnescapeDataString(path); decoded != path; decoded = Uri.UnescapeDataString(path))
        {
            path = decoded;
        }

        return path.StartsWith('/') || path.Contains('#', StringComparison.Ordinal) || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Contains("..")
            ? throw ServerFault.Invalid("Invalid path")
            : path;
    }

    public async Task WriteAsync(string path, Stream body)
    {
        var target = Path.Combine(root, CheckPath(path));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using var file = File.Create(target);
        await body.CopyToAsync(file);
    }

    public FileInfo Find(string path) => new(Path.Combine(root, CheckPath(path)));

    public bool IsFolder(string path) => Directory.Exists(Path.Combine(root, CheckPath(path)));

    public void Delete(string path) => Find(path).Delete();

    public JsonObject List(string path, string prefix)
    {
        var folder = new DirectoryInfo(Path.Combine(root, CheckPath(path)));
        var json = new JsonObject();
        if (folder.Exists)
        {
            ServerJson.AddList(json, "files", folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry =>
            {
                var file = new JsonObject { ["path"] = prefix + entry.Name, ["is_dir"] = entry is DirectoryInfo };
                if (entry is FileInfo { Length: > 0 and var length })
                {
                    file["file_size"] = length;
                }

                return file;
            }));
        }

        return json;
    }
}
