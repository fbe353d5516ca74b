namespace Experiments.Engine.Definitions.Keys;

/// <summary>One key of a definition: the reader, the JSON Schema and the page of all keys are made from it.</summary>
/// <param name="Name">The key as written.</param>
/// <param name="Kind">What its value may be.</param>
/// <param name="Meaning">What it does, in a sentence or two of Markdown.</param>
internal sealed record DefinitionKey(string Name, ValueKind Kind, string Meaning)
{
    /// <summary>The value where the key is not written, as one would write it; null: nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the key must be written.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The training tasks that the key is for; empty: all.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];
}
