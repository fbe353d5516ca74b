namespace Experiments.Core.Matrix;

/// <summary>
/// Finds the partial configurations that a point of the product does not contradict, in time that grows with the
/// number of distinct sets of axes that they name rather than with their own number.
/// </summary>
internal sealed class PartialIndex
{
    private readonly IReadOnlyList<Axis> _axes;
    private readonly long[] _strides;
    private readonly Dictionary<AxisValue, int>[] _digits;
    private readonly Dictionary<string, AxisSet> _sets = new(StringComparer.Ordinal);

    public PartialIndex(IReadOnlyList<Axis> axes, IReadOnlyList<IReadOnlyDictionary<string, AxisValue>> entries)
    {
        _axes = axes;
        _strides = new long[axes.Count];
        _digits = [.. axes.Select(axis => axis.Values.Index().ToDictionary(value => value.Item, value => value.Index))];
        var stride = 1L;
        for (var axis = axes.Count - 1; axis >= 0; axis--)
        {
            _strides[axis] = stride;
            stride *= axes[axis].Values.Count;
        }
        for (var entry = 0; entry < entries.Count; entry++)
            Index(entry, entries[entry]);
    }

    /// <summary>The value that a point, counted with the last axis fastest, has on an axis.</summary>
    public AxisValue ValueAt(long point, int axis) => _axes[axis].Values[Digit(point, axis)];

    /// <summary>The entries all of whose values on axes are those of the point; values under other names do not count.</summary>
    public IEnumerable<int> Matches(long point)
    {
        foreach (var set in _sets.Values)
        {
            var key = 0L;
            foreach (var axis in set.Axes)
                key += Digit(point, axis) * _strides[axis];
            if (!set.Entries.TryGetValue(key, out var entries))
                continue;
            foreach (var entry in entries)
                yield return entry;
        }
    }

    private int Digit(long point, int axis) => (int)(point / _strides[axis] % _axes[axis].Values.Count);

    private void Index(int entry, IReadOnlyDictionary<string, AxisValue> values)
    {
        var named = new List<int>();
        var key = 0L;
        for (var axis = 0; axis < _axes.Count; axis++)
        {
            if (!values.TryGetValue(_axes[axis].Name, out var value))
                continue;
            if (!_digits[axis].TryGetValue(value, out var digit))
                return; // contradicts every point
            named.Add(axis);
            key += digit * _strides[axis];
        }
        var name = string.Join(' ', named);
        if (!_sets.TryGetValue(name, out var set))
            _sets.Add(name, set = new AxisSet([.. named], []));
        if (!set.Entries.TryGetValue(key, out var entries))
            set.Entries.Add(key, entries = []);
        entries.Add(entry);
    }

    private sealed record AxisSet(int[] Axes, Dictionary<long, List<int>> Entries);
}
