using Experiments.Core.Diagnostics;

namespace Experiments.Training;

/// <summary>Something that the user can mend: the host prints it as one coded line, without a stack, and ends with exit code 2.</summary>
/// <param name="rule">The diagnostic's rule.</param>
/// <param name="message">What is wrong, with the value seen and the valid ones.</param>
/// <param name="inner">The cause, if any.</param>
public sealed class TrainingException(DiagnosticRule rule, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The coded line.</summary>
    public Diagnostic Diagnostic => rule.Error(Message);
}
