using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Experiments.Core.Matrix;

/// <summary>
/// The values of one configuration, in the order of the matrix. A plan may have a hundred thousand of them: they share their names, and a few names are
/// found as fast by looking at each as by a hash.
/// </summary>
/// <param name="names">The names, no two equal; not copied.</param>
/// <param name="values">As many values.</param>
internal sealed class PointValues(IReadOnlyList<string> names, AxisValue[] values) : IReadOnlyDictionary<string, AxisValue>
{
    public int Count => values.Length;

    public IEnumerable<string> Keys => names;

    public IEnumerable<AxisValue> Values => values;

    public AxisValue this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no axis '{key}'.");

    /// <summary>The same with further values; a value of a name that is there already takes its place.</summary>
    /// <param name="further">The further values.</param>
    public PointValues With(IReadOnlyDictionary<string, AxisValue> further)
    {
        string[] added = [.. further.Keys.Where(name => IndexOf(name) < 0)];
        var extended = added.Length == 0 ? names : [.. names, .. added];
        return new PointValues(extended, [.. extended.Select(name => further.TryGetValue(name, out var value) ? value : this[name])]);
    }

    public bool ContainsKey(string key) => IndexOf(key) >= 0;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out AxisValue value)
    {
        var index = IndexOf(key);
        value = index < 0 ? default : values[index];
        return index >= 0;
    }

    public IEnumerator<KeyValuePair<string, AxisValue>> GetEnumerator()
    {
        for (var index = 0; index < values.Length; index++)
            yield return new(names[index], values[index]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(string name)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (string.Equals(names[index], name, StringComparison.Ordinal))
                return index;
        }

        return -1;
    }
}
