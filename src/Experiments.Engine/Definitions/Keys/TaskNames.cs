namespace Experiments.Engine.Definitions.Keys;

/// <summary>The keys of <c>train</c> that say which kind of task it is.</summary>
internal static class TaskNames
{
    public const string TorchSharp = "torchsharp";
    public const string PyTorch = "pytorch";
    public const string Command = "command";

    public static IReadOnlyList<string> All { get; } = [TorchSharp, PyTorch, Command];
}
