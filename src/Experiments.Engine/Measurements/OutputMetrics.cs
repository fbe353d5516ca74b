using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Shared;

namespace Experiments.Engine.Measurements;

/// <summary>Finds metrics in a program's output by regular expressions; the last match of each counts.</summary>
internal static class OutputMetrics
{
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Reads a file of output, its last 64 MiB when it is longer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="patterns">Regular expressions by metric.</param>
    /// <param name="cancellationToken">Ends the search; what was found so far counts for nothing then.</param>
    /// <exception cref="IOException">It is no plain file, or it cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    internal static Dictionary<string, double> Read(string path, IReadOnlyDictionary<string, string> patterns, CancellationToken cancellationToken = default) =>
        patterns.Count == 0 ? [] : Find(PlainLines.Last(path, MostBytes), patterns, cancellationToken);

    /// <summary>Finds metrics in lines. A pattern that backtracks without end, on one line or on all of them together, finds nothing.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="patterns">Regular expressions by metric.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    internal static Dictionary<string, double> Find(IEnumerable<string> lines, IReadOnlyDictionary<string, string> patterns, CancellationToken cancellationToken = default)
    {
        var searches = patterns
            .Select(pattern => new Search(pattern.Key, new Regex(pattern.Value, RegexOptions.CultureInvariant, Patience)))
            .ToList();
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var search in searches)
            {
                if (search.Value(line) is { } value)
                    found[search.Name] = value;
            }
        }

        foreach (var search in searches.Where(search => search.IsGivenUp))
            found.Remove(search.Name); // a later line may have had another value
        return found;
    }

    /// <summary>One pattern, and the lines on which it came to no end.</summary>
    private sealed class Search(string name, Regex expression)
    {
        private const int MostTimeouts = 5;

        private int _timeouts;

        public string Name => name;

        public bool IsGivenUp => _timeouts >= MostTimeouts;

        public double? Value(string line)
        {
            if (IsGivenUp)
                return null;
            try
            {
                var match = expression.Match(line);
                return match.Success && double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : null;
            }
            catch (RegexMatchTimeoutException)
            {
                _timeouts++;
                return null;
            }
        }
    }
}
