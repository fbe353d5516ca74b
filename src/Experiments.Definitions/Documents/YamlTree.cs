using Experiments.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Experiments.Definitions.Documents;

/// <summary>Makes the tree of a YAML text from the parser's events: no reflection, places kept, size bounded.</summary>
internal sealed class YamlTree
{
    private const string CoreTags = "tag:yaml.org,2002:";
    private readonly IParser _parser;
    private readonly TreeSize _size = new();
    private readonly Dictionary<AnchorName, (Node? Node, long Size)> _anchors = [];
    private readonly Dictionary<Node, long> _sizes = new(ReferenceEqualityComparer.Instance);

    private YamlTree(IParser parser) => _parser = parser;

    /// <summary>The tree.</summary>
    /// <exception cref="DocumentException">There is none.</exception>
    public static Node Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlTree(parser).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw YamlMistake.Of(exception, text);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The parser does not promise to wrap all that escapes such as "\UFFFFFFFF" provoke.
            var place = parser.Current?.End ?? Mark.Empty;
            throw new DocumentException(DefinitionDiagnostics.Syntax, exception.Message, (int)place.Line, (int)place.Column);
        }
    }

    private Node ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            throw new DocumentException(DefinitionDiagnostics.Syntax, "the definition is empty", 1, 1);
        var root = ReadNode(depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.TryConsume<DocumentStart>(out var second))
            throw Unsupported("a second document starts here; a file holds one definition", second);
        return root;
    }

    private Node ReadNode(int depth)
    {
        var start = _parser.Current!;
        var (line, column) = Place(start);
        TreeSize.CheckDepth(depth, line, column);
        if (start is AnchorAlias alias)
            return ReadAlias(alias);
        _size.Add(1, line, column);
        if (start is not (Scalar or SequenceStart or MappingStart))
            throw new DocumentException(DefinitionDiagnostics.Syntax, "a value is missing here", line, column); // the parser lets some mistakes pass
        var properties = (NodeEvent)start;
        var anchor = properties.Anchor;
        if (!anchor.IsEmpty)
            _anchors[anchor] = default; // not whole yet: an alias inside would be endless
        var (node, size) = start switch
        {
            Scalar scalar => (ReadScalar(scalar), 1L),
            SequenceStart sequence => ReadSequence(sequence, depth),
            _ => ReadMapping((MappingStart)start, depth),
        };
        if (!anchor.IsEmpty)
            _anchors[anchor] = (node, size);
        _sizes[node] = size;
        return node;
    }

    private Node ReadAlias(AnchorAlias alias)
    {
        var (line, column) = Place(alias);
        _parser.MoveNext();
        if (!_anchors.TryGetValue(alias.Value, out var target))
            throw new DocumentException(DefinitionDiagnostics.Syntax, $"no anchor \"{alias.Value}\" comes before this alias", line, column);
        if (target.Node is null)
            throw new DocumentException(DefinitionDiagnostics.TooComplex, $"the alias \"{alias.Value}\" stands inside its own anchor", line, column);
        _size.Add(target.Size, line, column);
        return target.Node;
    }

    private ScalarNode ReadScalar(Scalar scalar)
    {
        _parser.MoveNext();
        var (line, column) = Place(scalar);
        var isPlain = scalar.Style == ScalarStyle.Plain && !IsTagged(scalar, "str");
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific && !IsTagged(scalar, "str", "int", "float", "bool", "null"))
            throw Unsupported($"the tag {scalar.Tag} has no meaning in a definition", scalar);
        var quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        var asWritten = scalar.Start.Line == scalar.End.Line && scalar.End.Column - scalar.Start.Column == scalar.Value.Length + (2 * quotes);
        return new ScalarNode(line, column, scalar.Value, isPlain, asWritten ? column + quotes : null);
    }

    private (Node Node, long Size) ReadSequence(SequenceStart start, int depth)
    {
        CheckTag(start, "seq");
        _parser.MoveNext();
        var items = new List<Node>();
        var size = 1L;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
            size += SizeOf(items[^1]);
        }
        var (line, column) = Place(start);
        return (new SequenceNode(line, column, items), size);
    }

    private (Node Node, long Size) ReadMapping(MappingStart start, int depth)
    {
        CheckTag(start, "map");
        _parser.MoveNext();
        var entries = new List<KeyValuePair<ScalarNode, Node>>();
        var merged = new List<Node>();
        var size = 1L;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyEvent = _parser.Current!;
            if (ReadNode(depth + 1) is not ScalarNode key)
                throw Unsupported("a key must be a single word", keyEvent);
            var value = ReadNode(depth + 1);
            size += 1 + SizeOf(value);
            if (key is { IsPlain: true, Text: "<<" })
                merged.Add(value);
            else
                entries.Add(new(key, value));
        }
        var (line, column) = Place(start);
        return (new MappingNode(line, column, MergeKeys.Apply(entries, merged)), size);
    }

    private long SizeOf(Node node) => _sizes.GetValueOrDefault(node, 1);

    private static void CheckTag(NodeEvent node, string tag)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !IsTagged(node, tag))
            throw Unsupported($"the tag {node.Tag} has no meaning in a definition", node);
    }

    private static bool IsTagged(NodeEvent node, params ReadOnlySpan<string> tags)
    {
        if (node.Tag.IsEmpty || node.Tag.IsNonSpecific)
            return false;
        foreach (var tag in tags)
            if (node.Tag.Value == CoreTags + tag)
                return true;
        return false;
    }

    private static DocumentException Unsupported(string message, ParsingEvent place) =>
        new(DefinitionDiagnostics.UnsupportedYaml, message, (int)place.Start.Line, (int)place.Start.Column);

    private static (int Line, int Column) Place(ParsingEvent place) => ((int)place.Start.Line, (int)place.Start.Column);
}
