using System.Text;
using System.Text.Json;
using Experiments.Core.Diagnostics;

namespace Experiments.Definitions.Documents;

/// <summary>Makes the tree of a JSON text, strictly by JSON's rules: no comments, no trailing commas.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly TreeSize _size = new();
    private Utf8JsonReader _reader;
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    private JsonTree(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = TreeSize.MaxDepth + 2 });
    }

    /// <summary>The tree.</summary>
    /// <exception cref="DocumentException">There is none.</exception>
    public static Node Parse(ReadOnlySpan<byte> utf8)
    {
        var tree = new JsonTree(utf8);
        try
        {
            tree._reader.Read();
            var root = tree.ReadNode(depth: 0);
            tree._reader.Read(); // nothing may follow
            return root;
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0);
            throw new DocumentException(DefinitionDiagnostics.Syntax, Sentence(exception.Message), line + 1, ColumnOf(utf8, line, (int)(exception.BytePositionInLine ?? 0)));
        }
        catch (InvalidOperationException)
        {
            throw new DocumentException(DefinitionDiagnostics.Syntax, "the string holds half of a surrogate pair", tree._line, tree._column);
        }
    }

    private Node ReadNode(int depth)
    {
        var (line, column) = Place();
        TreeSize.CheckDepth(depth, line, column);
        _size.Add(1, line, column);
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<KeyValuePair<ScalarNode, Node>>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = ReadString();
                    _reader.Read();
                    entries.Add(new(key, ReadNode(depth + 1)));
                }
                return new MappingNode(line, column, entries);
            case JsonTokenType.StartArray:
                var items = new List<Node>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadNode(depth + 1));
                return new SequenceNode(line, column, items);
            case JsonTokenType.String:
                return ReadString();
            default:
                return new ScalarNode(line, column, Encoding.UTF8.GetString(_reader.ValueSpan), IsPlain: true, column);
        }
    }

    private ScalarNode ReadString()
    {
        var (line, column) = Place();
        var text = _reader.GetString()!;
        return new ScalarNode(line, column, text, IsPlain: false, _reader.ValueIsEscaped ? null : column + 1);
    }

    // Moves on from the last token, so that a file of one long line costs no more than another.
    private (int Line, int Column) Place()
    {
        var target = (int)_reader.TokenStartIndex;
        var passed = _bytes[_offset..target];
        for (var lineBreak = passed.IndexOf((byte)'\n'); lineBreak >= 0; lineBreak = passed.IndexOf((byte)'\n'))
        {
            passed = passed[(lineBreak + 1)..];
            _line++;
            _column = 1;
        }
        _column += Encoding.UTF8.GetCharCount(passed);
        _offset = target;
        return (_line, _column);
    }

    // Without the place, which the diagnostic has, and the advice to programmers.
    private static string Sentence(string message)
    {
        foreach (var end in new[] { " LineNumber:", " Change the reader options", " which is not supported in this mode" })
            message = message.Split(end, 2)[0];
        return char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
    }

    private static int ColumnOf(ReadOnlySpan<byte> bytes, int line, int byteInLine)
    {
        for (; line > 0; line--)
            bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        return Encoding.UTF8.GetCharCount(bytes[..Math.Min(byteInLine, bytes.Length)]) + 1;
    }
}
