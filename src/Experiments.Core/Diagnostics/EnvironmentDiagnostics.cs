namespace Experiments.Core.Diagnostics;

/// <summary>EXP5xxx: what the machine lacks.</summary>
public static class EnvironmentDiagnostics
{
    /// <summary>Others use the trial's GPU.</summary>
    public static DiagnosticRule GpuInUse { get; } =
        new("EXP5005", "Other processes use the GPU", "End them, or choose a free device (device: cuda:1): times and memory of this trial are disturbed.");

    /// <summary>An accepted baseline is there and cannot be read.</summary>
    public static DiagnosticRule UnreadableBaseline { get; } =
        new("EXP5004", "The baseline cannot be read", "Restore the file from version control, or delete it and accept a baseline again.");

    /// <summary>The sweep's folder cannot be written.</summary>
    public static DiagnosticRule CannotWrite { get; } =
        new("EXP5002", "The sweep's folder cannot be written", "Free space on the disk or give the rights; finished results are kept in memory and written as soon as it works.");

    /// <summary>No trainer for the definition's kind of task.</summary>
    public static DiagnosticRule NoTrainer { get; } =
        new("EXP5003", "This kind of training task cannot run here", "Install the part that runs it, or choose another kind: torchsharp, pytorch, command.");

    /// <summary>A CUDA device is asked for where there is none.</summary>
    public static DiagnosticRule NoCuda { get; } =
        new("EXP5001", "No CUDA device", "Use device: auto or cpu, or run on a machine with an NVIDIA GPU and the CUDA build.");

    /// <summary>A front end does not find the command that it runs.</summary>
    public static DiagnosticRule NoExperimentsCommand { get; } =
        new("EXP5040", "The experiments command is not found", "Add it to the repository: dotnet new tool-manifest, then dotnet tool install Experiments.Tool.");

    /// <summary>No Python interpreter runs the script.</summary>
    public static DiagnosticRule NoPython { get; } =
        new("EXP5020", "No Python interpreter", "Activate the environment, or name it in the definition: train.python: path/to/venv.");

    /// <summary>The interpreter has no torch.</summary>
    public static DiagnosticRule NoPyTorch { get; } =
        new("EXP5021", "Python has no torch", "Install it into that interpreter (pip install torch; Debian: apt-get install python3-torch), or name another: train.python.");

    /// <summary>The training host is not there.</summary>
    public static DiagnosticRule NoTrainingHost { get; } =
        new("EXP5006", "The training host is not found", "Set EXPERIMENTS_TRAINING_HOST to Experiments.Training.dll, or build it: dotnet build src/Experiments.Training.");

    /// <summary>The training host travels without libtorch, and libtorch cannot be had.</summary>
    public static DiagnosticRule CannotPrepareTrainingHost { get; } =
        new("EXP5007", "The training host cannot be made ready", "It needs, once, the .NET SDK and a NuGet feed with TorchSharp and libtorch-cpu, or TorchSharp-cuda-linux (-windows) with EXPERIMENTS_TORCH=cuda. Without a network: make it ready elsewhere and name its Experiments.Training.dll by EXPERIMENTS_TRAINING_HOST.");
}
