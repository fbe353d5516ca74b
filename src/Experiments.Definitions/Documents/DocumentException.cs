using Experiments.Core.Diagnostics;

namespace Experiments.Definitions.Documents;

/// <summary>A text of which no tree can be made. It never leaves the reader.</summary>
internal sealed class DocumentException(DiagnosticRule rule, string message, int line, int column) : Exception(message)
{
    /// <summary>The kind of mistake.</summary>
    public DiagnosticRule Rule { get; } = rule;

    /// <summary>Line, from 1.</summary>
    public int Line { get; } = Math.Max(line, 1);

    /// <summary>Column, from 1.</summary>
    public int Column { get; } = Math.Max(column, 1);
}
