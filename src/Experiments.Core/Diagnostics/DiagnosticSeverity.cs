namespace Experiments.Core.Diagnostics;

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; nothing fails because of it.</summary>
    Warning,

    /// <summary>Makes the command fail.</summary>
    Error,
}
