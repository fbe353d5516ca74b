using System.Text.Json.Nodes;
using Experiments.Definitions.Documents;

namespace Experiments.Definitions.Keys;

/// <summary>A file or folder; read as an absolute path, written relative to the definition.</summary>
/// <param name="name">What the text is.</param>
internal sealed class PathKind(string name = "a path") : TextKind(name)
{
    /// <summary>Whether a name without a folder is left for PATH; default false.</summary>
    public bool IsProgram { get; init; }

    public override JsonNode Write(object value, DefinitionPaths paths) =>
        IsProgram && !DefinitionPaths.IsPath((string)value) ? (string)value
        : paths.Relative((string)value) is var relative && IsProgram && !DefinitionPaths.IsPath(relative) ? "./" + relative
        : relative;

    protected override object? ReadScalar(ScalarNode scalar, string path, ReadingContext context) => base.ReadScalar(scalar, path, context) switch
    {
        string program when IsProgram => DefinitionPaths.Program(program, context.Paths.Folder),
        string file => context.Paths.Resolve(file),
        _ => null,
    };
}
