using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Recording;

namespace Experiments.Cleaning;

/// <summary>
/// Removes what takes the room of old sweeps: the folders of their trials, with logs, events and telemetry, those of their pairs, and worktrees of old code. Results, plan and journal stay, so that
/// history, trends, baselines and reports have all that they need. What MLflow has not taken yet, what can be resumed and what runs stays whole.
/// </summary>
/// <param name="definition">The definition.</param>
/// <param name="request">Which sweeps are old.</param>
/// <param name="options">Where sweeps live.</param>
internal sealed class CleanSession(ExperimentDefinition definition, CleanRequest request, SweepOptions options)
{
    private static readonly string[] Heavy = ["trials", "pairs"];

    /// <summary>Removes it, or only finds it.</summary>
    public IReadOnlyList<Cleaned> Run()
    {
        var sweeps = SweepFolder.All(options.Root, definition.Name);
        if (sweeps.Count == 0)
            return [];
        var unsent = PublishedSweeps.Of(options.Root, definition, null, Tracking.UriOf(definition)).Select(sweep => sweep.SweepId).ToHashSet(StringComparer.Ordinal);
        var before = DateTimeOffset.UtcNow - request.OlderThan;
        var old = sweeps.Skip(Math.Max(1, request.KeepLast)).Where(sweep => sweep.HasResults && !unsent.Contains(sweep.SweepId) && SweepId.TimeOf(sweep.SweepId) < before);
        var folders = old.SelectMany(sweep => Heavy.Select(sweep.File)).Concat(Worktrees(before)).Where(Directory.Exists);
        return [.. folders.Select(folder => new Cleaned(folder, Size(folder))).Where(Removed)];
    }

    /// <summary>Old code is checked out again when it is asked for.</summary>
    private IEnumerable<string> Worktrees(DateTimeOffset before)
    {
        var folder = new DirectoryInfo(Path.Combine(options.Root, "worktrees"));
        return folder.Exists && request.OlderThan > TimeSpan.Zero ? folder.EnumerateDirectories().Where(one => one.LastWriteTimeUtc < before).Select(one => one.FullName) : [];
    }

    private bool Removed(Cleaned one)
    {
        try
        {
            if (!request.IsDryRun)
                Directory.Delete(one.Path, recursive: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Notes.WriteLine($"{Path.GetRelativePath(".", one.Path)} stays: {exception.Message}");
            return false;
        }
    }

    private static long Size(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);
}
