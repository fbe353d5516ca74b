namespace Experiments.Core.Diagnostics;

/// <summary>What a diagnostic code means. A code never changes its meaning.</summary>
/// <param name="Code"><c>EXP</c> and four digits: 1xxx definition, 2xxx gates, 3xxx trials, 4xxx tracking, 5xxx environment.</param>
/// <param name="Title">The meaning in a few words.</param>
/// <param name="Remedy">What the user does about it.</param>
public sealed record DiagnosticRule(string Code, string Title, string Remedy)
{
    /// <summary>An error under this rule.</summary>
    /// <param name="message">What happened: the value seen and the valid ones.</param>
    /// <param name="position">Where, if a file's place is to blame.</param>
    public Diagnostic Error(string message, SourcePosition? position = null) =>
        new() { Code = Code, Severity = DiagnosticSeverity.Error, Message = message, Position = position };

    /// <summary>A warning under this rule.</summary>
    /// <param name="message">What happened: the value seen and the valid ones.</param>
    /// <param name="position">Where, if a file's place is to blame.</param>
    public Diagnostic Warning(string message, SourcePosition? position = null) =>
        new() { Code = Code, Severity = DiagnosticSeverity.Warning, Message = message, Position = position };
}
