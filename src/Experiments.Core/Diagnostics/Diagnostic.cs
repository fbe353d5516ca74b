namespace Experiments.Core.Diagnostics;

/// <summary>One coded message to the user, one line long in its canonical form.</summary>
public sealed record Diagnostic
{
    /// <summary><c>EXP</c> and four digits, see <see cref="DiagnosticCatalog"/>.</summary>
    public required string Code { get; init; }

    /// <summary>How grave it is.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What happened, with the value seen and the remedy or the valid values; no line breaks.</summary>
    public required string Message { get; init; }

    /// <summary>Where; null when no place in a file is to blame.</summary>
    public SourcePosition? Position { get; init; }

    /// <summary>
    /// The canonical line: <c>file(line,column): error EXP1001: message</c>; <c>experiments</c> stands for the place where there is none. It quotes what
    /// others wrote, so that invisible characters in it are written out.
    /// </summary>
    public override string ToString()
    {
        var origin = Position?.ToString() ?? "experiments";
        var severity = Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return VisibleText.Of($"{origin}: {severity} {Code}: {Message.ReplaceLineEndings(" ")}");
    }
}
