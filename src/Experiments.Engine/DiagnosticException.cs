using Experiments.Core.Diagnostics;

namespace Experiments.Engine;

/// <summary>Something that the user can mend stops the work before any trial ran; exit code 2.</summary>
/// <param name="diagnostic">What, where and what to do.</param>
/// <param name="inner">The cause, if another exception is.</param>
public sealed class DiagnosticException(Diagnostic diagnostic, Exception? inner = null) : Exception(diagnostic.ToString(), inner)
{
    /// <summary>What, where and what to do.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;
}
