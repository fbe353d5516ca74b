namespace Experiments.PyTorch.Record;

/// <summary>An exception that ended a script.</summary>
/// <param name="Type">Its type, such as <c>builtins.ValueError</c> or <c>ValueError</c>.</param>
/// <param name="Message">Its message; may have several lines.</param>
public sealed record ScriptException(string Type, string Message)
{
    /// <summary>The functions that were in progress, the innermost last; empty where only the text is known.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    /// <summary>Whether the text says that it was raised from the exception before it, or while that was handled.</summary>
    public bool RaisedFromPrevious { get; init; }
}
