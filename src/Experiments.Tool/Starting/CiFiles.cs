using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Tool.Starting;

/// <summary>The workflows of a CI system that a team commits as they are: for pull requests, for nights, and for accepting a baseline.</summary>
internal static class CiFiles
{
    /// <summary>The systems.</summary>
    public static readonly string[] Systems = ["github", "gitlab", "azure"];

    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal) { ["github"] = ".github/workflows", ["gitlab"] = ".gitlab", ["azure"] = ".azure" };

    /// <summary>Writes those files of a system that are not there; one that is there is the team's.</summary>
    /// <param name="folder">The project's folder, absolute.</param>
    /// <param name="system">One of <see cref="Systems"/>.</param>
    /// <param name="shards">How many machines share a night.</param>
    /// <returns>The files, relative to the folder, and whether each was written.</returns>
    /// <exception cref="DiagnosticException">EXP1036: one cannot be written.</exception>
    public static IReadOnlyList<(string File, bool IsWritten)> Write(string folder, string system, int shards)
    {
        var files = new List<(string File, bool IsWritten)>();
        foreach (var resource in typeof(CiFiles).Assembly.GetManifestResourceNames().Where(name => name.Replace('\\', '/').StartsWith($"ci/{system}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource.Replace('\\', '/')[$"ci/{system}/".Length..];
            var file = name.StartsWith('.') ? name : $"{Folders[system]}/{name}"; // .gitlab-ci.yml is at the top
            files.Add((file, TryWrite(Path.Combine(folder, file), Filled(resource, folder, system, shards))));
        }

        return files;
    }

    private static bool TryWrite(string file, string text)
    {
        if (Path.Exists(file))
            return false;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            AtomicFile.WriteAllText(file, text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(DefinitionDiagnostics.CannotBegin.Error($"{Path.GetRelativePath(".", file)} cannot be written: {exception.Message}"), exception);
        }
    }

    private static string Filled(string resource, string folder, string system, int shards)
    {
        using var reader = new StreamReader(typeof(CiFiles).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n")
            .Replace("{{setup}}\n", CiSetup.Of(folder, system, system switch { "github" => 6, "gitlab" => 4, _ => 2 }), StringComparison.Ordinal)
            .Replace("{{jobsetup}}\n", CiSetup.Of(folder, system, 6), StringComparison.Ordinal)
            .Replace("{{branch}}", DefaultBranch.Of(folder), StringComparison.Ordinal)
            .Replace("{{list}}", string.Join(", ", Enumerable.Range(1, shards)), StringComparison.Ordinal)
            .Replace("{{shards}}", shards.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
