using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>Finds keys that are written twice.</summary>
internal static class RepeatedKeys
{
    /// <summary>The entries whose key was not there before; the others are reported.</summary>
    public static IEnumerable<KeyValuePair<ScalarNode, Node>> Once(this MappingNode mapping, string path, ReadingContext context)
    {
        var first = new Dictionary<string, ScalarNode>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (first.TryAdd(entry.Key.Text, entry.Key))
                yield return entry;
            else
                context.Error(
                    DefinitionDiagnostics.RepeatedKey,
                    $"the key {ScalarNode.Quote(entry.Key.Text)} is written twice{(path.Length > 0 ? $" in {path}" : "")}{first[entry.Key.Text].First()}",
                    entry.Key);
        }
    }
}
