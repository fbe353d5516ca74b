using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>What is known while a definition is read: its file, the places of its keys, what is wrong so far.</summary>
/// <param name="file">The file as the user named it.</param>
/// <param name="paths">What its paths are relative to.</param>
internal sealed class ReadingContext(string file, DefinitionPaths paths)
{
    private const int MaxDiagnostics = 100;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly Dictionary<string, SourcePosition> _positions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _meant = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);

    /// <summary>The file as the user named it.</summary>
    public string File { get; } = file;

    /// <summary>What paths are relative to.</summary>
    public DefinitionPaths Paths { get; } = paths;

    /// <summary>Where each key stands, by dotted path.</summary>
    public IReadOnlyDictionary<string, SourcePosition> Positions => _positions;

    /// <summary>Whether nothing can go on to a definition.</summary>
    public bool HasErrors => _diagnostics.Exists(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>What is wrong, in the order of the file; the first hundred, since more help nobody.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics =>
        [.. _diagnostics.OrderBy(diagnostic => diagnostic.Position?.Line).ThenBy(diagnostic => diagnostic.Position?.Column).Take(MaxDiagnostics)];

    /// <summary>The value at a path, or null where none is written.</summary>
    public Node? NodeAt(string path) => _nodes.GetValueOrDefault(path);

    /// <summary>The text written at a path; null where there is none that could be used.</summary>
    public string? TextAt(string path) =>
        NodeAt(path) is ScalarNode { IsNull: false, Text: { Length: > 0 } text } && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

    /// <summary>Remembers where a key stands and what is written there.</summary>
    public void Locate(string path, Node key, Node value)
    {
        _positions[path] = PositionOf(key);
        _nodes[path] = value;
    }

    /// <summary>Remembers that a mistyped key was meant to be this one, so that it is not called missing besides.</summary>
    public void Mean(string path) => _meant.Add(path);

    /// <summary>Whether a mistyped key was meant to be this one.</summary>
    public bool IsMeant(string path) => _meant.Contains(path);

    /// <summary>Reports an error at a node.</summary>
    /// <returns>Null, so that a reader can return it as its missing value.</returns>
    public object? Error(DiagnosticRule rule, string message, Node place)
    {
        _diagnostics.Add(rule.Error(message, PositionOf(place)));
        return null;
    }

    /// <summary>Reports an error in the middle of a scalar.</summary>
    public void Error(DiagnosticRule rule, string message, ScalarNode place, int index) =>
        _diagnostics.Add(rule.Error(message, new SourcePosition(File, place.Line, place.TextColumn + index ?? place.Column)));

    /// <summary>Reports an error at a key that is written.</summary>
    public void ErrorAtKey(DiagnosticRule rule, string message, string path) => _diagnostics.Add(rule.Error(message, _positions[path]));

    /// <summary>Reports a warning at a key that is written.</summary>
    public void WarningAtKey(DiagnosticRule rule, string message, string path) => _diagnostics.Add(rule.Warning(message, _positions[path]));

    /// <summary>Reports a warning at a node.</summary>
    public void Warning(DiagnosticRule rule, string message, Node place) => _diagnostics.Add(rule.Warning(message, PositionOf(place)));

    /// <summary>Reports a value of the wrong type.</summary>
    /// <returns>Null.</returns>
    public object? WrongType(string path, Node node, string expected, string hint = "") =>
        Error(DefinitionDiagnostics.WrongType, $"{path} is {node.Describe()}; expected {expected}{hint}", node);

    private SourcePosition PositionOf(Node node) => new(File, node.Line, node.Column);
}
