namespace Experiments.Processes;

/// <summary>A process could not be started.</summary>
/// <param name="program">The program asked for.</param>
/// <param name="reason">Why, in words.</param>
/// <param name="inner">The cause, if another exception is.</param>
public sealed class LaunchException(string program, string reason, Exception? inner = null)
    : Exception($"'{program}' could not be started: {reason}", inner)
{
    /// <summary>The program asked for.</summary>
    public string Program { get; } = program;

    /// <summary>Why, in words.</summary>
    public string Reason { get; } = reason;
}
