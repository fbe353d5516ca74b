namespace Experiments.Engine.Journal;

/// <summary>
/// The stable path of an experiment's latest sweep that has results: <c>.experiments/EXPERIMENT/latest</c>, a relative link; a file with the sweep's id where links cannot be made, as on Windows. It is made anew at
/// the end of a sweep, so that what it leads to is whole.
/// </summary>
public static class LatestLink
{
    /// <summary>Its name, which is no sweep's.</summary>
    public const string Name = "latest";

    /// <summary>Lets it lead to the latest sweep with results, in one step: whoever reads it meanwhile finds this one or the one before.</summary>
    /// <param name="root">The folder <c>.experiments</c>.</param>
    /// <param name="experiment">The experiment's name.</param>
    /// <returns>Why neither link nor file can be written, as where something else lies there; null where one is. The sweep is whole without it.</returns>
    public static string? TryUpdate(string root, string experiment)
    {
        try
        {
            Update(root, experiment);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DiagnosticException)
        {
            return exception.Message;
        }
    }

    private static void Update(string root, string experiment)
    {
        if (SweepFolder.All(root, experiment).FirstOrDefault(sweep => sweep.HasResults) is not { } latest)
            return;
        var folder = Path.GetDirectoryName(latest.Path)!;
        var path = Path.Combine(folder, Name);
        if (IsCopy(path, folder))
            Directory.Delete(path, recursive: true);
        if (!OperatingSystem.IsWindows() && TryLink(Path.Combine(Path.GetFullPath(root), $"{experiment}.{Name}.{Environment.ProcessId}.tmp"), latest.SweepId, path))
            return;
        if (new FileInfo(path).LinkTarget is not null)
            File.Delete(path); // it would be written through
        AtomicFile.WriteAllText(path, latest.SweepId + "\n");
    }

    /// <summary>Whether it is a folder with what a sweep beside it has: caches and artifacts of CI systems hold the sweep in the link's place.</summary>
    private static bool IsCopy(string path, string folder) => Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null
        && Directory.Exists(Path.Combine(folder, new SweepFolder(path).ReadManifest().SweepId));

    /// <summary>Made elsewhere, where it leads nowhere, a link is moved as the file that it is.</summary>
    private static bool TryLink(string temporary, string target, string path)
    {
        try
        {
            File.Delete(temporary);
            File.CreateSymbolicLink(temporary, target);
            File.Move(temporary, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            return false;
        }
    }
}
