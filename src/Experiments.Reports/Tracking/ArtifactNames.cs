using System.Globalization;
using System.Text;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Paths under which files are stored, fit for every server, proxy and file system: what one of them refuses, alters or takes for a folder becomes
/// <c>_</c>. Where two files would be one, a number tells them apart. Pure.
/// </summary>
internal static class ArtifactNames
{
    /// <summary>Servers refuse <c>#</c> and <c>\</c>, decode <c>%</c> twice, and take <c>?</c> for a question.</summary>
    private const string Refused = "#%?\\";

    /// <summary>The stored path of each.</summary>
    /// <param name="paths">Relative paths with <c>/</c> between folders.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyCollection<string> paths)
    {
        var names = paths.Distinct(StringComparer.Ordinal).ToDictionary(path => path, Safe, StringComparer.Ordinal);
        var taken = names.Where(name => name.Key == name.Value).Select(name => name.Value).ToHashSet(StringComparer.Ordinal); // these stay as they are
        foreach (var (path, safe) in names.Where(name => name.Key != name.Value).OrderBy(name => name.Key, StringComparer.Ordinal).ToList())
        {
            var name = safe;
            for (var number = 2; !taken.Add(name); number++)
                name = Numbered(safe, number);
            names[path] = name;
        }

        return names;
    }

    private static string Safe(string path)
    {
        var safe = new StringBuilder(path.Length);
        foreach (var rune in path.EnumerateRunes())
        {
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            if (isHidden || rune == Rune.ReplacementChar || Refused.Contains(rune.ToString(), StringComparison.Ordinal))
                safe.Append('_');
            else
                safe.Append(rune.ToString());
        }

        if (safe.Length > 1 && safe[1] == ':')
            safe[1] = '_'; // a drive of Windows
        return safe.ToString();
    }

    private static string Numbered(string path, int number)
    {
        var extension = Path.GetExtension(path);
        return string.Create(CultureInfo.InvariantCulture, $"{path[..^extension.Length]}-{number}{extension}");
    }
}
