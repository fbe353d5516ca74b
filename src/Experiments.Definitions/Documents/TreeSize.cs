using Experiments.Core.Diagnostics;

namespace Experiments.Definitions.Documents;

/// <summary>Keeps a tree from growing beyond what a definition can need; values reached through aliases count each time.</summary>
internal sealed class TreeSize
{
    public const int MaxDepth = 32;
    public const int MaxNodes = 100_000;
    private long _nodes;

    /// <summary>Counts what is added at a place.</summary>
    public void Add(long nodes, int line, int column)
    {
        _nodes += nodes;
        if (_nodes > MaxNodes)
            throw new DocumentException(DefinitionDiagnostics.TooComplex, FormattableString.Invariant($"the definition has more than {MaxNodes} values, counting what aliases repeat"), line, column);
    }

    /// <summary>Checks the level of nesting at a place.</summary>
    public static void CheckDepth(int depth, int line, int column)
    {
        if (depth > MaxDepth)
            throw new DocumentException(DefinitionDiagnostics.TooComplex, FormattableString.Invariant($"the definition is nested deeper than {MaxDepth} levels"), line, column);
    }
}
