using Experiments.Core.Definitions;

namespace Experiments.Engine.Definitions.Keys;

/// <summary>The values of a mapping by key, already of their types; null where a key is not written.</summary>
/// <param name="values">The values.</param>
internal sealed class Section(IReadOnlyDictionary<string, object> values)
{
    private static readonly Section None = new(new Dictionary<string, object>());

    /// <summary>The keys written.</summary>
    public IEnumerable<string> Names => values.Keys;

    public bool Has(string key) => values.ContainsKey(key);

    public string? Text(string key) => (string?)values.GetValueOrDefault(key);

    public int? Integer(string key) => (int?)values.GetValueOrDefault(key);

    public bool? Boolean(string key) => (bool?)values.GetValueOrDefault(key);

    public double? Number(string key) => (double?)values.GetValueOrDefault(key);

    public TimeSpan? Duration(string key) => (TimeSpan?)values.GetValueOrDefault(key);

    public DateOnly? Date(string key) => (DateOnly?)values.GetValueOrDefault(key);

    public MemoryLimit? Memory(string key) => (MemoryLimit?)values.GetValueOrDefault(key);

    public IReadOnlyList<string>? Texts(string key) => (IReadOnlyList<string>?)values.GetValueOrDefault(key);

    public IReadOnlyDictionary<string, object>? Map(string key) => (IReadOnlyDictionary<string, object>?)values.GetValueOrDefault(key);

    public IReadOnlyDictionary<string, string>? TextMap(string key) =>
        Map(key)?.ToDictionary(entry => entry.Key, entry => (string)entry.Value, StringComparer.Ordinal);

    /// <summary>The mapping under a key; an empty one where it is not written.</summary>
    public Section Under(string key) => (Section?)values.GetValueOrDefault(key) ?? None;

    public T? Of<T>(string key)
        where T : class => (T?)values.GetValueOrDefault(key);
}
