using System.Text.RegularExpressions;

namespace Experiments.MSBuild.Incremental;

/// <summary>
/// The files that an experiment depends on: its definition, and every word in it that names a file (script, assembly, configuration)
/// or a folder with a <c>dataset.json</c>. A word too many only makes a run more; the format need not be understood for it.
/// </summary>
internal static class DefinitionInputs
{
    private static readonly Regex Words = new("""
        "(?<word>[^"\r\n]+)" | '(?<word>[^'\r\n]+)' | (?<=[:\-][ \t])(?<word>[^\s\r\n#"'\[\]{}][^\r\n#"'\[\]{}]+?)(?=\s*(\#|$)) | (?<word>[^\s"'\[\]{},]+)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Multiline | RegexOptions.CultureInvariant);

    public static IEnumerable<string> Of(string definition)
    {
        yield return definition;
        if (!File.Exists(definition))
            yield break;
        var folder = Path.GetDirectoryName(Path.GetFullPath(definition))!;
        var text = File.ReadAllText(definition);
        foreach (var word in Candidates(text).Distinct(StringComparer.Ordinal))
        {
            if (word.IndexOfAny(Path.GetInvalidPathChars()) < 0 && (Named(folder, word) ?? Named(Directory.GetCurrentDirectory(), word)) is { } input)
                yield return input;
        }
    }

    /// <summary>Paths are relative to the definition, a command's own arguments to its working directory, often the project's.</summary>
    private static string? Named(string folder, string word)
    {
        var path = Path.Combine(folder, word);
        var dataset = Path.Combine(path, "dataset.json");
        return File.Exists(path) ? path : File.Exists(dataset) ? dataset : null;
    }

    private static IEnumerable<string> Candidates(string text)
    {
        foreach (Match match in Words.Matches(text))
        {
            var word = match.Groups["word"].Value.Trim();
            yield return word;
            foreach (var part in word.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
                yield return part;
        }
    }
}
