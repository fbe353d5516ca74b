namespace Experiments.PyTorch.Interpreters;

/// <summary>What decides which interpreter runs a script.</summary>
public sealed record InterpreterContext
{
    /// <summary>The definition's <c>python</c>: a path (relative to <see cref="BaseFolder"/>), an environment's folder, or a name on <c>PATH</c>; null: none named.</summary>
    public string? Python { get; init; }

    /// <summary>Absolute path of the script.</summary>
    public required string Script { get; init; }

    /// <summary>Folder to which a relative <see cref="Python"/> belongs: the definition's.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>The environment of the trial.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
