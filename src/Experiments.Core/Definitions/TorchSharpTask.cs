namespace Experiments.Core.Definitions;

/// <summary>A task in C# on TorchSharp, run by the training host.</summary>
public sealed record TorchSharpTask : TrainingTask
{
    /// <summary>The tasks that the training host brings with it.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = ["utterance-fusion"];

    /// <summary>A built-in task's name (<c>utterance-fusion</c>) or a class's full name in <see cref="Assembly"/>.</summary>
    public required string Task { get; init; }

    /// <summary>Absolute path of the user's assembly; null for built-in tasks.</summary>
    public string? Assembly { get; init; }

    /// <summary>Whether accuracy on the dev split is measured after the last step; default true.</summary>
    public bool Evaluate { get; init; } = true;
}
