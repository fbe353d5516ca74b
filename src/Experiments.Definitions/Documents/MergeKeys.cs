using Experiments.Core.Diagnostics;

namespace Experiments.Definitions.Documents;

/// <summary>YAML's merge key (https://yaml.org/type/merge.html): <c>&lt;&lt;: *defaults</c> adds the keys that are not written.</summary>
internal static class MergeKeys
{
    /// <summary>The entries with those of the merged mappings that they do not have; of several the first wins.</summary>
    public static IReadOnlyList<KeyValuePair<ScalarNode, Node>> Apply(List<KeyValuePair<ScalarNode, Node>> entries, List<Node> merged)
    {
        if (merged.Count == 0)
            return entries;
        var known = entries.Select(entry => entry.Key.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var source in merged.SelectMany(Mappings))
        {
            foreach (var entry in source.Entries)
                if (known.Add(entry.Key.Text))
                    entries.Add(entry);
        }
        return entries;
    }

    private static IEnumerable<MappingNode> Mappings(Node node) => node switch
    {
        MappingNode mapping => [mapping],
        SequenceNode list => list.Items.SelectMany(Mappings),
        _ => throw new DocumentException(DefinitionDiagnostics.UnsupportedYaml, $"the merge key << takes a mapping or a list of them, not {node.Describe()}", node.Line, node.Column),
    };
}
