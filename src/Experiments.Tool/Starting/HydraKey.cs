using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>Finds the key by which a Hydra configuration holds the number of workers: <c>data.num_workers</c>.</summary>
internal static partial class HydraKey
{
    /// <summary>The key, dotted; null where neither the configuration nor the code has one.</summary>
    /// <param name="used">What the code gives to <c>num_workers</c>: <c>cfg.data.num_workers</c>.</param>
    /// <param name="configuration">Configuration files: text by path below the configuration's folder, without ending.</param>
    public static string? Find(IReadOnlyList<string> used, IReadOnlyDictionary<string, string> configuration)
    {
        string[] held = [.. configuration.OrderBy(file => file.Key.Count(letter => letter == '/')).ThenBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => Keys(file.Key, file.Value))];
        string[] read = [.. used.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..])];
        return Array.Find(held, key => read.Any(name => key == name || name.EndsWith("." + key, StringComparison.Ordinal) || key.EndsWith("." + name, StringComparison.Ordinal)))
            ?? Array.Find(held, key => key.Split('.')[^1].EndsWith("num_workers", StringComparison.Ordinal))
            ?? (held.Length == 0 ? read.FirstOrDefault() : null);
    }

    /// <summary>Every key of a file that is for workers, below the file's group unless it says that it is global.</summary>
    private static IEnumerable<string> Keys(string file, string text)
    {
        var package = Package().Match(text) is { Success: true } said ? (said.Groups["name"].Value == "_global_" ? "" : said.Groups["name"].Value)
            : file.Contains('/', StringComparison.Ordinal) ? file[..file.LastIndexOf('/')].Replace('/', '.') : "";
        var above = new Stack<(int Indent, string Name)>();
        foreach (Match line in Key().Matches(text))
        {
            var indent = line.Groups["indent"].Length;
            while (above.TryPeek(out var last) && last.Indent >= indent)
                above.Pop();
            above.Push((indent, line.Groups["name"].Value));
            if (Workers().IsMatch(line.Groups["name"].Value) && line.Groups["value"].Value.Trim().Length > 0)
                yield return string.Join('.', above.Select(key => key.Name).Reverse().Prepend(package).Where(name => name.Length > 0));
        }
    }

    [GeneratedRegex(@"^#\s*@package\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Package();

    [GeneratedRegex(@"^(?<indent> *)(?<name>\w+):(?<value>[^\n#]*)", RegexOptions.Multiline)]
    private static partial Regex Key();

    [GeneratedRegex(@"\A(\w+_)?(num_|n_|n)?workers\z")]
    private static partial Regex Workers();
}
