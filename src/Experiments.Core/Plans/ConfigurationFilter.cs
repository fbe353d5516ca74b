using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;

namespace Experiments.Core.Plans;

/// <summary>Keeps the configurations that <c>axis=value</c> filters name.</summary>
internal sealed class ConfigurationFilter
{
    private readonly Dictionary<string, HashSet<string>> _wanted = new(StringComparer.Ordinal);

    /// <summary>Reads filters and checks them against the matrix.</summary>
    public static ConfigurationFilter Parse(IReadOnlyList<string> filters, MatrixDefinition matrix, List<Diagnostic> diagnostics)
    {
        var filter = new ConfigurationFilter();
        if (filters.Count == 0)
            return filter;
        var known = matrix.Axes.SelectMany(axis => axis.Values.Select(value => (axis.Name, value.Text)))
            .Concat(matrix.Include.SelectMany(entry => entry.Select(value => (Name: value.Key, value.Value.Text))))
            .GroupBy(pair => pair.Name, pair => pair.Text, StringComparer.Ordinal)
            .ToDictionary(axis => axis.Key, axis => axis.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        foreach (var text in filters)
            filter.Add(text, known, diagnostics);
        return filter;
    }

    /// <summary>Whether the configuration has a wanted value on each filtered axis.</summary>
    public bool Matches(Configuration configuration) =>
        _wanted.All(axis => configuration.Values.TryGetValue(axis.Key, out var value) && axis.Value.Contains(value.Text));

    private void Add(string text, Dictionary<string, string[]> known, List<Diagnostic> diagnostics)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        if (split <= 0)
        {
            diagnostics.Add(DefinitionDiagnostics.InvalidFilter.Error($"\"{text}\" is no filter; write axis=value or axis=value,value"));
            return;
        }
        var name = text[..split].Trim();
        if (!known.TryGetValue(name, out var values))
        {
            diagnostics.Add(DefinitionDiagnostics.InvalidFilter.Error($"the matrix has no axis \"{name}\"{Spelling.Suggestion(name, "axes", known.Keys)}"));
            return;
        }
        if (!_wanted.TryGetValue(name, out var wanted))
            _wanted.Add(name, wanted = new(StringComparer.Ordinal));
        var list = text[(split + 1)..].Trim();
        foreach (var word in values.Contains(list) ? [list] : list.Split(',', StringSplitOptions.TrimEntries)) // a value may hold commas
        {
            if (values.Contains(word))
                wanted.Add(word);
            else
                diagnostics.Add(DefinitionDiagnostics.InvalidFilter.Error($"axis {name} has no value \"{word}\"{Spelling.Suggestion(word, "values", values)}"));
        }
    }
}
