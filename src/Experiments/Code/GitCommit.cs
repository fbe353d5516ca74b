using Experiments.Shared;

namespace Experiments.Code;

/// <summary>Reads the commit that is checked out, from git's own files: git itself need not be installed.</summary>
internal static class GitCommit
{
    private const long MostBytes = 64 << 20; // of the packed references of a large repository

    /// <summary>The commit around a folder, or null.</summary>
    /// <param name="folder">The folder.</param>
    internal static string? Read(string folder) => Directories(folder).FirstOrDefault() is { } directory ? ReadHead(directory) : null;

    /// <summary>Whether there is a repository around a folder.</summary>
    /// <param name="folder">The folder.</param>
    internal static bool HasRepository(string folder) => Directories(folder).Any();

    /// <summary>Git's own folders, from the innermost repository outwards.</summary>
    private static IEnumerable<string> Directories(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            var entry = Path.Combine(at, ".git");
            if (Directory.Exists(entry))
                yield return entry;
            else if (Line(entry) is { } pointer && pointer.StartsWith("gitdir: ", StringComparison.Ordinal) && !pointer.Contains('\0', StringComparison.Ordinal))
                yield return Path.GetFullPath(pointer["gitdir: ".Length..], at);
        }
    }

    private static string? ReadHead(string directory)
    {
        if (Line(Path.Combine(directory, "HEAD")) is not { } head)
            return null;
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var reference = head["ref: ".Length..];
        if (reference.Contains('\0', StringComparison.Ordinal))
            return null;
        var common = Line(Path.Combine(directory, "commondir")) is { } path ? Path.GetFullPath(path, directory) : directory;
        return Line(Path.Combine(directory, reference)) ?? Line(Path.Combine(common, reference)) ?? Packed(Path.Combine(common, "packed-refs"), reference);
    }

    private static string? Packed(string file, string reference) =>
        Lines(file).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))?.Split(' ')[0];

    private static string? Line(string file) => Lines(file).FirstOrDefault()?.Trim();

    private static string[] Lines(string file)
    {
        try
        {
            return [.. PlainLines.First(file, MostBytes)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // a sweep can do without its commit
        }
    }
}
