namespace Experiments.Definitions.Documents;

/// <summary>Keys with their values, in the order written; a key may be there twice.</summary>
internal sealed record MappingNode(int Line, int Column, IReadOnlyList<KeyValuePair<ScalarNode, Node>> Entries) : Node(Line, Column)
{
    public override string Describe() => "a mapping";
}
