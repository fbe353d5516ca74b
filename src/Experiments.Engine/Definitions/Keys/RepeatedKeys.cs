using Experiments.Core.Diagnostics;
using Experiments.Engine.Definitions.Documents;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>Finds keys that are written twice.</summary>
internal static class RepeatedKeys
{
    /// <summary>The entries whose key was not there before; the others are reported.</summary>
    public static IEnumerable<KeyValuePair<ScalarNode, Node>> Once(this MappingNode mapping, string path, ReadingContext context)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (lines.TryAdd(entry.Key.Text, entry.Key.Line))
                yield return entry;
            else
                context.Error(
                    DefinitionDiagnostics.RepeatedKey,
                    FormattableString.Invariant($"the key {ScalarNode.Quote(entry.Key.Text)} is written twice{(path.Length > 0 ? $" in {path}" : "")}; first in line {lines[entry.Key.Text]}"),
                    entry.Key);
        }
    }
}
