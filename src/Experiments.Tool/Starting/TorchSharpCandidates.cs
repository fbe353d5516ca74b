using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>Finds the TorchSharp tasks of a project: classes that implement <c>ITrainingTask</c>, and the assembly that they are built into.</summary>
internal static partial class TorchSharpCandidates
{
    /// <summary>The tasks; empty where no class implements the interface.</summary>
    /// <param name="folder">The folder, absolute.</param>
    /// <param name="files">Its files, relative to it.</param>
    public static IEnumerable<Candidate> Find(string folder, IReadOnlyList<string> files)
    {
        foreach (var project in files.Where(file => file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase)))
        {
            var home = project.Contains('/', StringComparison.Ordinal) ? project[..(project.LastIndexOf('/') + 1)] : "";
            foreach (var source in files.Where(file => file.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) && file.StartsWith(home, StringComparison.Ordinal)))
                foreach (var task in TasksIn(ProjectFiles.Text(Path.Combine(folder, source))))
                    yield return Of(folder, project, home, source, task);
        }
    }

    /// <summary>The public classes of a C# file that are tasks, with their namespace.</summary>
    /// <param name="text">The file's text.</param>
    public static IEnumerable<string> TasksIn(string text) =>
        from match in Task().Matches(text)
        let space = Namespace().Matches(text).LastOrDefault(space => space.Index < match.Index)
        select space is null ? match.Groups["name"].Value : $"{space.Groups["name"].Value}.{match.Groups["name"].Value}";

    private static Candidate Of(string folder, string project, string home, string source, string task)
    {
        var text = ProjectFiles.Text(Path.Combine(folder, project));
        var name = Property(text, "AssemblyName") ?? Path.GetFileNameWithoutExtension(project);
        var built = Built(Path.Combine(folder, home), name);
        var assembly = built is not null ? Path.GetRelativePath(folder, built).Replace(Path.DirectorySeparatorChar, '/') : $"{home}bin/Release/{Property(text, "TargetFramework") ?? "net10.0"}/{name}.dll";
        return new Candidate
        {
            File = project,
            Reason = $"{task} in {source} is an ITrainingTask" + (built is null ? $"; {assembly} is where its build is expected, it is not built yet" : ""),
            Weight = 4 - (2 * project.Count(letter => letter == '/')),
            TaskClass = task,
            Assembly = assembly,
        };
    }

    /// <summary>The newest build, whatever the configuration, the framework and the place of its output.</summary>
    private static string? Built(string home, string name)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(home, "bin")) is { Exists: true } bin
                ? bin.EnumerateFiles(name + ".dll", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => file.Directory!.Name is not ("ref" or "refint")).OrderByDescending(file => file.LastWriteTimeUtc).FirstOrDefault()?.FullName
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Property(string project, string name) =>
        Regex.Match(project, $@"<{name}>\s*([^<$]+?)\s*</{name}>") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^\s*(?:\[[^\]\n]*\]\s*)*public\s+(?:sealed\s+|partial\s+)*(?:class|record)\s+(?<name>\w+)[^{;]*?:[^{;]*\bITrainingTask\b", RegexOptions.Multiline)]
    private static partial Regex Task();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
