using System.Text.RegularExpressions;

namespace Experiments.Tool.Starting;

/// <summary>The folder that <c>@hydra.main(config_path=…)</c> names.</summary>
internal static partial class HydraFolder
{
    /// <summary>The folder as written, relative to the script; null where none is.</summary>
    /// <param name="code">The script.</param>
    public static string? Named(string code) => ConfigPath().Match(code) is { Success: true } match ? match.Groups["path"].Value : null;

    /// <summary>A path below a folder, without <c>.</c> and <c>..</c>.</summary>
    /// <param name="home">The folder, empty or with a <c>/</c> at its end.</param>
    /// <param name="path">The path.</param>
    public static string Combine(string home, string path)
    {
        var parts = new List<string>();
        foreach (var part in (home + path).Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    [GeneratedRegex(@"config_path\s*=\s*[^""'\n)]*[""'](?<path>[^""'\n]+)[""']")]
    private static partial Regex ConfigPath();
}
