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

    /// <summary>The clock stands before the latest sweep.</summary>
    public static DiagnosticRule ClockSetBack { get; } =
        new("EXP5036", "The clock was set back", "Set the clock, or delete sweeps whose names lie in the future. The new sweep's name follows the latest one's, so that it is the latest.");

    /// <summary>The baseline cannot be written.</summary>
    public static DiagnosticRule CannotWriteBaseline { get; } =
        new("EXP5037", "The baseline cannot be written", "Give the rights to the folder baselines beside the definition, or free space on the disk; the old baseline stays.");

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

    /// <summary>An exception that nobody expected ended the work.</summary>
    public static DiagnosticRule ToolFailed { get; } =
        new("EXP5010", "The tool itself failed", "What was measured is in the sweep's folder: experiments resume continues it. Report the fault with the file that the message names; --verbose prints it.");

    /// <summary>A file or a folder that a command was to write.</summary>
    public static DiagnosticRule CannotWriteFile { get; } =
        new("EXP5011", "A file cannot be written or read", "Give the rights, free space on the disk, or name another place.");

    /// <summary>Standard output or standard error takes nothing.</summary>
    public static DiagnosticRule CannotPrint { get; } =
        new("EXP5013", "The output cannot be printed", "Free space where the output goes, or give it another place; experiments report shows the results again.");

    /// <summary>A part of the tool did not end when it was asked to.</summary>
    public static DiagnosticRule EndedHard { get; } =
        new("EXP5014", "The tool did not end in time and was ended hard", "What was measured is in the sweep's folder: experiments resume continues it.");

    /// <summary>The training host does not say what it has.</summary>
    public static DiagnosticRule TrainingHostFails { get; } =
        new("EXP5012", "The training host does not answer", "Run it by hand: dotnet exec Experiments.Training.dll info. Where it was made ready for another machine or version, delete its folder: it is made anew.");

    /// <summary>The training host travels without libtorch, and libtorch cannot be had.</summary>
    public static DiagnosticRule CannotPrepareTrainingHost { get; } =
        new("EXP5007", "The training host cannot be made ready", "It needs, once, the .NET SDK and a NuGet feed with TorchSharp and libtorch-cpu, or TorchSharp-cuda-linux (-windows) with EXPERIMENTS_TORCH=cuda. Without a network: make it ready elsewhere and name its Experiments.Training.dll by EXPERIMENTS_TRAINING_HOST.");

    /// <summary>git does not give the old code of a comparison.</summary>
    public static DiagnosticRule NoOldCode { get; } =
        new("EXP5038", "The old code cannot be had", "Name a commit, branch or tag of this repository: --against main; in CI, fetch the history (actions/checkout with fetch-depth: 0).");

    /// <summary>The old code is checked out and does not become what runs.</summary>
    public static DiagnosticRule OldCodeNotReady { get; } =
        new("EXP5039", "The old code cannot be made ready", "Give what builds it, --setup \"dotnet build -c Release\", and what is not in git and it needs, --share data; nothing is said of its speed.");

    /// <summary>The commands of Slurm are not here.</summary>
    public static DiagnosticRule NoSlurm { get; } =
        new("EXP5050", "Slurm is not here", "Run on a login node of the cluster, where sbatch, squeue, scancel and scontrol are on PATH; or use --executor local.");

    /// <summary>A side of a pair cannot be stopped and let go on.</summary>
    public static DiagnosticRule CannotFreeze { get; } =
        new("EXP5041", "Processes cannot be stopped in turns here", "Pairs need Linux. Elsewhere compare sweeps: experiments baseline accept with the old code, experiments run with the new.");

    /// <summary>There is nothing to bisect.</summary>
    public static DiagnosticRule NoCommitsBetween { get; } =
        new("EXP5042", "No commit lies between the good and the bad one", "Name as --good an ancestor of --bad (default: HEAD) that was as fast as it should be; git log --first-parent GOOD..BAD lists what is looked at.");
}
