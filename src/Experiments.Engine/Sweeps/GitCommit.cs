namespace Experiments.Engine.Sweeps;

/// <summary>Reads the commit that is checked out, from git's own files: git itself need not be installed.</summary>
internal static class GitCommit
{
    /// <summary>The commit around a folder, or null.</summary>
    /// <param name="folder">The folder.</param>
    internal static string? Read(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            var entry = Path.Combine(at, ".git");
            if (Directory.Exists(entry))
                return ReadHead(entry);
            if (File.Exists(entry) && Line(entry) is { } pointer && pointer.StartsWith("gitdir: ", StringComparison.Ordinal))
                return ReadHead(Path.GetFullPath(pointer["gitdir: ".Length..], at));
        }

        return null;
    }

    private static string? ReadHead(string directory)
    {
        if (Line(Path.Combine(directory, "HEAD")) is not { } head)
            return null;
        if (!head.StartsWith("ref: ", StringComparison.Ordinal))
            return head;
        var reference = head["ref: ".Length..];
        var common = Line(Path.Combine(directory, "commondir")) is { } path ? Path.GetFullPath(path, directory) : directory;
        return Line(Path.Combine(directory, reference)) ?? Line(Path.Combine(common, reference)) ?? Packed(Path.Combine(common, "packed-refs"), reference);
    }

    private static string? Packed(string file, string reference) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.EndsWith(" " + reference, StringComparison.Ordinal))?.Split(' ')[0]
            : null;

    private static string? Line(string file) => File.Exists(file) ? File.ReadLines(file).FirstOrDefault()?.Trim() : null;
}
