namespace Experiments.Core.Diagnostics;

/// <summary>EXP1xxx: what can be wrong in a definition.</summary>
public static class DefinitionDiagnostics
{
    /// <summary>The file cannot be read.</summary>
    public static DiagnosticRule UnreadableFile { get; } =
        new("EXP1001", "The definition cannot be read", "Check the path, the rights, the size (at most 1 MiB) and that the file is UTF-8 text.");

    /// <summary>The text is not well-formed YAML or JSON.</summary>
    public static DiagnosticRule Syntax { get; } =
        new("EXP1002", "The definition is not well-formed YAML or JSON", "Mend the syntax at the place named; indent with spaces.");

    /// <summary>A key that does not exist here.</summary>
    public static DiagnosticRule UnknownKey { get; } =
        new("EXP1003", "A key that does not exist here", "Use one of the keys that the message lists.");
}
