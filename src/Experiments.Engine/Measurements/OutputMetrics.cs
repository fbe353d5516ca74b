using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Engine.Measurements;

/// <summary>Finds metrics in a program's output by regular expressions; the last match of each counts.</summary>
internal static class OutputMetrics
{
    private const long MostBytes = 64 * 1024 * 1024;
    private const int LongestLine = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file of output, its last 64 MiB when it is longer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patterns">Regular expressions by metric.</param>
    internal static Dictionary<string, double> Read(string path, IReadOnlyDictionary<string, string> patterns)
    {
        if (patterns.Count == 0 || !File.Exists(path))
            return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(file.Length - MostBytes, 0);
        using var reader = new StreamReader(file);
        return Find(Lines(reader), patterns);
    }

    /// <summary>Finds metrics in lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="patterns">Regular expressions by metric.</param>
    internal static Dictionary<string, double> Find(IEnumerable<string> lines, IReadOnlyDictionary<string, string> patterns)
    {
        var expressions = patterns
            .Select(pattern => (Name: pattern.Key, Expression: new Regex(pattern.Value, RegexOptions.CultureInvariant, Patience)))
            .ToList();
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var (name, expression) in expressions)
            {
                if (Value(expression, line) is { } value)
                    found[name] = value;
            }
        }

        return found;
    }

    private static double? Value(Regex expression, string line)
    {
        try
        {
            var match = expression.Match(line);
            return match.Success && double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return null; // a pattern that backtracks without end on this line
        }
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
            yield return line.Length > LongestLine ? line[..LongestLine] : line;
    }
}
