using System.Globalization;
using Experiments.Definitions.Documents;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Building;

/// <summary>A mapping that a program says, key by key; in the end the tree that a file would be read as.</summary>
internal sealed class Branch
{
    private readonly List<KeyValuePair<string, object>> _entries = [];

    /// <summary>The mapping under a key, empty at first.</summary>
    public Branch Under(string key)
    {
        if (_entries.Find(entry => entry.Key == key).Value is Branch branch)
            return branch;
        _entries.Add(new(key, new Branch()));
        return (Branch)_entries[^1].Value;
    }

    /// <summary>Says a value; one that was said before is forgotten, and null says nothing.</summary>
    public void Set(string key, object? value)
    {
        if (value is null)
            return;
        _entries.RemoveAll(entry => entry.Key == key);
        Add(key, value);
    }

    /// <summary>Says a value; a second one under the same key is a mistake, which the reader reports.</summary>
    public void Add(string key, object value) => _entries.Add(new(key, value));

    /// <summary>Says a further entry of a list.</summary>
    public void Append(string key, object value)
    {
        if (_entries.Find(entry => entry.Key == key).Value is List<object> list)
            list.Add(value);
        else
            Add(key, new List<object> { value });
    }

    /// <summary>The tree. What a program says has no place.</summary>
    public MappingNode ToNode() => new(0, 0, [.. _entries.Select(entry => new KeyValuePair<ScalarNode, Node>(Scalar(entry.Key, isPlain: false), Node(entry.Value)))]);

    private static Node Node(object value) => value switch
    {
        Branch branch => branch.ToNode(),
        string text => Scalar(text, isPlain: false),
        bool flag => Scalar(flag ? "true" : "false", isPlain: true),
        TimeSpan time => Scalar(Quantities.Duration(time), isPlain: false),
        DateOnly date => Scalar(Quantities.Date(date), isPlain: false),
        System.Collections.IEnumerable list => new SequenceNode(0, 0, [.. list.Cast<object>().Select(Node)]),
        double number when Math.Abs(number) < 1 => Scalar(Quantities.Plain(number), isPlain: true), // 1E-05 is no share
        _ => Scalar(Convert.ToString(value, CultureInfo.InvariantCulture)!, isPlain: true),
    };

    private static ScalarNode Scalar(string text, bool isPlain) => new(0, 0, text, isPlain, null);
}
