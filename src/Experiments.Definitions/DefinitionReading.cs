using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;

namespace Experiments.Definitions;

/// <summary>What a definition's file says, or why it cannot be used.</summary>
public sealed record DefinitionReading
{
    /// <summary>The definition; null when a diagnostic is an error.</summary>
    public ExperimentDefinition? Definition { get; init; }

    /// <summary>Errors and warnings, in the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];
}
