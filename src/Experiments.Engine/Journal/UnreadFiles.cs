using System.IO.Enumeration;
using Experiments.Shared;

namespace Experiments.Engine.Journal;

/// <summary>Finds what a trial left in its folder that nobody reads: pipes, sockets, devices, folders in the place of a file, names that are no text.</summary>
internal static class UnreadFiles
{
    private const int MostEntries = 10_000;

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = true };

    /// <summary>Their paths in the folder; of very many entries the first are looked at.</summary>
    /// <param name="folder">The folder.</param>
    internal static IReadOnlyList<string> In(TrialFolder folder)
    {
        string[] files = [folder.Events, folder.StandardOutput, folder.StandardError, folder.Telemetry, folder.Result];
        var entries = new FileSystemEnumerable<string>(folder.Path, (ref entry) => entry.ToFullPath(), All)
        {
            // Links to folders are neither followed nor read.
            ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory || entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return [.. files.Where(Directory.Exists).Concat(entries.Take(MostEntries).Where(IsUnread))
            .Select(path => Path.GetRelativePath(folder.Path, path)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>A name that is no UTF-8 is listed with replacement signs, under which nothing is found.</summary>
    private static bool IsUnread(string path) => PlainFile.IsRefused(path) || (path.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(path));
}
