using Experiments.Core.Definitions;

namespace Experiments.PyTorch.Running;

/// <summary>What lies around a script: its project's own modules, and its own name among them.</summary>
internal static class ScriptSurroundings
{
    private const int MostFolders = 6;

    /// <summary>The project's modules and packages by name, each with the folder that <c>PYTHONPATH</c> needs for it, as the trial's working directory sees it.</summary>
    /// <param name="definition">The definition.</param>
    public static IReadOnlyDictionary<string, string> ModulesNear(ExperimentDefinition definition)
    {
        var modules = new Dictionary<string, string>(StringComparer.Ordinal);
        if (definition.Train is not PyTorchTask task)
            return modules;
        var home = HomeOf(definition);
        var script = Path.GetDirectoryName(task.Script)!;
        foreach (var folder in ProjectAround(script, home).SelectMany(folder => new[] { folder, Path.Combine(folder, "src") }).Where(folder => folder != script))
        {
            foreach (var name in NamesIn(folder))
                modules.TryAdd(name, Path.GetRelativePath(home, folder));
        }

        return modules;
    }

    private static string HomeOf(ExperimentDefinition definition) =>
        definition.Train.WorkingDirectory ?? Path.GetDirectoryName(Path.GetFullPath(definition.File)) ?? Environment.CurrentDirectory;

    /// <summary>
    /// The script's folder and those above it up to the project's root: the folder of its version control or of its Python project, else the working directory. What lies
    /// higher is somebody else's.
    /// </summary>
    private static List<string> ProjectAround(string script, string home)
    {
        var above = new List<string>();
        for (var folder = script; folder is not null && above.Count < MostFolders; folder = Path.GetDirectoryName(folder))
        {
            above.Add(folder);
            if (Path.Exists(Path.Combine(folder, ".git")) || File.Exists(Path.Combine(folder, "pyproject.toml")) || File.Exists(Path.Combine(folder, "setup.py")))
                return above;
        }

        var known = above.IndexOf(home);
        return known >= 0 ? above[..(known + 1)] : [script, home];
    }

    private static List<string> NamesIn(string folder)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder, "*.py").Select(file => Path.GetFileNameWithoutExtension(file)!).Where(IsName),
                .. Directory.EnumerateDirectories(folder).Where(HoldsPython).Select(inner => Path.GetFileName(inner)).Where(IsName),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return []; // what may not be looked at cannot be named
        }
    }

    private static bool HoldsPython(string folder) =>
        IsName(Path.GetFileName(folder)) && (Directory.EnumerateFiles(folder, "*.py").Any() || File.Exists(Path.Combine(folder, "__init__.py")));

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsLetterOrDigit(character) || character == '_');
}
