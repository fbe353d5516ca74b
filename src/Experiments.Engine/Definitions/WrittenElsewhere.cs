using System.Globalization;
using Experiments.Core.Diagnostics;

namespace Experiments.Engine.Definitions;

/// <summary>
/// The place in a script for which a program wrote a definition, as <c>#line</c> has it: nobody shall be pointed at a file that no one wrote.
/// </summary>
internal static class WrittenElsewhere
{
    /// <summary>The place as the current directory sees it.</summary>
    /// <param name="source">The key's text: <c>../../build.cake(12)</c>.</param>
    /// <param name="paths">Paths of the definition.</param>
    public static SourcePosition Place(string source, DefinitionPaths paths)
    {
        var line = source.LastIndexOf('(');
        var file = Path.GetRelativePath(Environment.CurrentDirectory, paths.Resolve(source[..line])).Replace('\\', '/');
        return new SourcePosition(file, int.Parse(source.AsSpan((line + 1)..^1), NumberStyles.None, CultureInfo.InvariantCulture), 1);
    }

    /// <summary>What was read, with that place for every place of the file.</summary>
    /// <param name="reading">What was read.</param>
    /// <param name="name">The experiment: a script has several.</param>
    /// <param name="place">The place.</param>
    public static DefinitionReading Told(DefinitionReading reading, string? name, SourcePosition place) => new()
    {
        Definition = reading.Definition is { } definition
            ? definition with { Source = place, Positions = definition.Positions.ToDictionary(position => position.Key, _ => place) }
            : null,
        Diagnostics = [.. reading.Diagnostics.Select(diagnostic => diagnostic with { Position = place, Message = $"experiment '{name}': {diagnostic.Message}" })],
    };
}
