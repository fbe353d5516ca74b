using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;

namespace Experiments.Core.Plans;

/// <summary>One of several equal parts of the configurations.</summary>
/// <param name="Index">Which part, from 1.</param>
/// <param name="Count">How many parts.</param>
internal sealed record Shard(int Index, int Count)
{
    /// <summary>Reads <c>2/5</c>; null is the whole.</summary>
    public static Shard Parse(string? text, List<Diagnostic> diagnostics)
    {
        var whole = new Shard(1, 1);
        if (text is null)
            return whole;
        var parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && index >= 1 && index <= count)
            return new Shard(index, count);
        diagnostics.Add(DefinitionDiagnostics.InvalidShard.Error($"\"{text}\" is no shard; write I/N with I from 1 to N, such as 2/5"));
        return whole;
    }

    /// <summary>
    /// The configurations of this part, in their order. They are dealt out in the order of their ids, so that sizes differ
    /// by one at most, and no part gets all the large worker counts as dealing in matrix order would do.
    /// </summary>
    public Configuration[] Select(Configuration[] configurations)
    {
        if (Count == 1)
            return configurations;
        var chosen = configurations
            .OrderBy(configuration => configuration.Id, StringComparer.Ordinal)
            .Where((_, position) => position % Count == Index - 1)
            .ToHashSet();
        return [.. configurations.Where(chosen.Contains)];
    }
}
