using System.Text.Json;
using Cake.Core.IO;

namespace Cake.Experiments.Tool;

/// <summary>Reads the manifests of local .NET tools, as <c>dotnet tool run</c> finds them: upwards, until one that is a root.</summary>
internal static class ToolManifest
{
    public static bool Declares(IFileSystem fileSystem, DirectoryPath from, string command)
    {
        for (var folder = from; folder is not null && folder.FullPath.Length > 0; folder = folder.GetParent())
        {
            foreach (var name in new[] { ".config/dotnet-tools.json", "dotnet-tools.json" })
            {
                var file = fileSystem.GetFile(folder.CombineWithFilePath(name));
                if (!file.Exists)
                    continue;
                using var manifest = Read(file);
                if (HasCommand(manifest.RootElement, command))
                    return true;
                if (manifest.RootElement.TryGetProperty("isRoot", out var root) && root.ValueKind == JsonValueKind.True)
                    return false;
            }
        }

        return false;
    }

    private static JsonDocument Read(IFile file)
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.Read);
        return JsonDocument.Parse(stream, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
    }

    private static bool HasCommand(JsonElement manifest, string command) =>
        manifest.TryGetProperty("tools", out var tools)
        && tools.ValueKind == JsonValueKind.Object
        && tools.EnumerateObject().Any(tool =>
            tool.Value.TryGetProperty("commands", out var commands)
            && commands.ValueKind == JsonValueKind.Array
            && commands.EnumerateArray().Any(name => name.ValueEquals(command)));
}
