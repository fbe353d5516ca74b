namespace Experiments.Core.Diagnostics;

/// <summary>EXP32xx: what the training host can find wrong before it trains.</summary>
public static class TrainingDiagnostics
{
    /// <summary>The dataset's folder is no feature store that can be read.</summary>
    public static DiagnosticRule UnreadableDataset { get; } =
        new("EXP3201", "The dataset cannot be read", "Make it again (experiments data synthesize, build-meld, or numpy: see docs/datasets.md).");

    /// <summary>No such task.</summary>
    public static DiagnosticRule UnknownTask { get; } =
        new("EXP3202", "No such training task", "Name a built-in task, or a class of the assembly that implements ITrainingTask.");

    /// <summary>The user's assembly cannot be used.</summary>
    public static DiagnosticRule BadAssembly { get; } =
        new("EXP3203", "The task's assembly cannot be loaded", "Check the path, and build it against the host's versions of TorchSharp and Experiments.Training.");

    /// <summary>A setting of the task has a wrong value.</summary>
    public static DiagnosticRule BadSetting { get; } =
        new("EXP3204", "A setting of the task has a wrong value", "Use a value that the message names.");

    /// <summary>An option of the host is missing or wrong.</summary>
    public static DiagnosticRule BadOption { get; } =
        new("EXP3205", "An option of the training host is wrong", "See Experiments.Training run --help.");

    /// <summary>libtorch cannot be loaded.</summary>
    public static DiagnosticRule NoTorch { get; } =
        new("EXP3206", "libtorch cannot be loaded", "See docs/torchsharp.md for what the native library needs.");
}
