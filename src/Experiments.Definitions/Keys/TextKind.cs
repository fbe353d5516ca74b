using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>Text as written; a number or <c>true</c> is taken by its letters.</summary>
/// <param name="name">What the text is: <c>a path</c>.</param>
/// <param name="form">The pattern of valid text, or null: any that is not empty.</param>
/// <param name="allowed">The pattern in words.</param>
internal class TextKind(string name, Regex? form = null, string allowed = "") : ScalarKind
{
    public override string Name => name;

    /// <summary>Whether the empty text is allowed; default false.</summary>
    public bool AllowsEmpty { get; init; }

    /// <summary>Whether the text may hold a password, which no message is to show; default false.</summary>
    public bool MayHoldPassword { get; init; }

    public override JsonNode Write(object value, DefinitionPaths paths) => (string)value;

    public override JsonObject Schema()
    {
        // Editors see 2024 or true as no text, but the reader takes it.
        var schema = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        if (form is not null)
            schema["pattern"] = SchemaPattern(form);
        else if (!AllowsEmpty)
            schema["minLength"] = 1;
        return schema;
    }

    /// <summary>A pattern in ECMAScript's notation, which JSON Schema has.</summary>
    public static string SchemaPattern(Regex form) =>
        form.ToString().Replace(@"\A", "^", StringComparison.Ordinal).Replace(@"\z", "$", StringComparison.Ordinal);

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context)
    {
        if (scalar.Text.Length == 0 && !AllowsEmpty)
            return context.Error(DefinitionDiagnostics.InvalidForm, $"{path} is empty; expected {name}", scalar);
        return form is null || form.IsMatch(scalar.Text)
            ? scalar.Text
            : context.Error(DefinitionDiagnostics.InvalidForm, $"{path} {(MayHoldPassword ? "is of another form" : $"is {ScalarNode.Quote(scalar.Text)}")}; {allowed}", scalar);
    }
}
