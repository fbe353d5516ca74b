namespace Experiments.PyTorch.Interpreters;

/// <summary>A program named as the Python interpreter did not answer as one.</summary>
public sealed class InterpreterException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="interpreter">The program.</param>
    /// <param name="exitCode">Its exit code; null where it could not be started.</param>
    /// <param name="output">What it said on standard error, or why it could not be started.</param>
    public InterpreterException(string interpreter, int? exitCode, string output)
        : base(exitCode is null
            ? $"{interpreter} cannot be started: {output}"
            : $"{interpreter} ended with exit code {exitCode} and told nothing about itself: {output}")
    {
        Interpreter = interpreter;
        ExitCode = exitCode;
        Output = output;
    }

    /// <summary>The program.</summary>
    public string Interpreter { get; }

    /// <summary>Its exit code; null where it could not be started.</summary>
    public int? ExitCode { get; }

    /// <summary>What it said on standard error, or why it could not be started.</summary>
    public string Output { get; }
}
