using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>Looks at a project's folder for something to train with.</summary>
internal static partial class ProjectInspection
{
    private const long LargestScriptBytes = 1 << 20;
    private static readonly string[] LikelyScripts = ["run.py", "train.py", "main.py"];

    public static InspectedProject Look(string folder)
    {
        var found = new InspectedProject { Folder = folder, Name = NameOf(folder), Reason = "no Python script with a DataLoader and no TorchSharp project here: a task on synthetic data" };
        if (FindScript(folder) is var (script, option))
            return found with
            {
                Script = $"../{script}", WorkersOption = option,
                Reason = option is null ? $"{script} uses torch's DataLoader; the probe steers its workers" : $"{script} takes {option}",
            };
        return FindTorchSharpProject(folder) is { } project
            ? found with
            {
                Assembly = $"../bin/Release/net10.0/{Path.GetFileNameWithoutExtension(project)}.dll",
                Reason = $"{project} uses TorchSharp; name your task's class in the definition",
            }
            : found;
    }

    private static (string Script, string? Option)? FindScript(string folder)
    {
        var scripts = Directory.GetFiles(folder, "*.py")
            .Where(file => new FileInfo(file).Length <= LargestScriptBytes)
            .OrderBy(file => Array.IndexOf(LikelyScripts, Path.GetFileName(file)) is >= 0 and var rank ? rank : int.MaxValue)
            .ThenBy(file => file, StringComparer.Ordinal)
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .ToList();
        foreach (var (name, text) in scripts)
            if (WorkersOption().Match(text) is { Success: true } option)
                return (name, option.Value);
        var loading = scripts.FirstOrDefault(script => script.Text.Contains("DataLoader", StringComparison.Ordinal));
        return loading.Name is null ? null : (loading.Name, null);
    }

    private static string? FindTorchSharpProject(string folder) =>
        Directory.GetFiles(folder, "*.csproj")
            .Where(file => File.ReadAllText(file).Contains("TorchSharp", StringComparison.OrdinalIgnoreCase))
            .Select(Path.GetFileName)
            .FirstOrDefault();

    private static string NameOf(string folder)
    {
        var name = Unusable().Replace(new DirectoryInfo(folder).Name.ToLowerInvariant(), "-").Trim('-', '.');
        return name.Length > 0 ? name : "experiment";
    }

    [GeneratedRegex("--num[_-]workers")]
    private static partial Regex WorkersOption();

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex Unusable();
}
