namespace Experiments.Definitions.Documents;

/// <summary>A list.</summary>
internal sealed record SequenceNode(int Line, int Column, IReadOnlyList<Node> Items) : Node(Line, Column)
{
    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";
}
