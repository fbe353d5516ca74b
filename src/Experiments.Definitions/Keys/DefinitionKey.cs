using System.Reflection;

namespace Experiments.Definitions.Keys;

/// <summary>
/// One key of a definition. The reader, the writer, the JSON Schema, the builder and the page of all keys go by it: a new key is one of these, and the property
/// that it names.
/// </summary>
/// <param name="Name">The key as written.</param>
/// <param name="Property">The property that holds its value, in the record of its section; empty where the value is of the section itself.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="Meaning">What it does, in a sentence or two of Markdown.</param>
internal sealed record DefinitionKey(string Name, string Property, ValueKind Kind, string Meaning)
{
    /// <summary>The value where the key is not written, as one would write it; null: nothing. That of the property, unless it is said here.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the key must be written.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The training tasks that the key is for; empty: all.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>A property that is true where the key is written, be it with its default; null: none.</summary>
    public string? Mark { get; init; }

    /// <summary>The property in a record, or null: the record of another training task lacks it.</summary>
    public PropertyInfo? In(object record) => Property.Length == 0 ? null : record.GetType().GetProperty(Property);

    /// <summary>Gives a record the value that was read.</summary>
    public void Assign(object record, object value)
    {
        In(record)?.SetValue(record, value == ValueKind.Nothing ? null : value);
        if (Mark is not null)
            record.GetType().GetProperty(Mark)?.SetValue(record, true);
    }

    /// <summary>Whether the key is to be written though its value is the default.</summary>
    public bool IsMarked(object record) => Mark is not null && record.GetType().GetProperty(Mark)?.GetValue(record) is true;
}
