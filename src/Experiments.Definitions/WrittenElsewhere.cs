using Experiments.Core.Diagnostics;

namespace Experiments.Definitions;

/// <summary>
/// The place in a script for which a program wrote a definition, as <c>#line</c> has it: nobody shall be pointed at a file that no one wrote.
/// </summary>
internal static class WrittenElsewhere
{
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
