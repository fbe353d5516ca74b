namespace Experiments.Core.Diagnostics;

/// <summary>EXP31xx: why a PyTorch trial failed or was not measured (01 to 49), or is slow (51 to 99). The remedy is a line to paste; a diagnosis has the trial's own figures in it.</summary>
public static class PyTorchDiagnostics
{
    /// <summary>The probe wrote nothing.</summary>
    public static DiagnosticRule ProbeNotAttached { get; } =
        new("EXP3101", "The probe is not attached", "python: python3   # without -I and -E");

    /// <summary>The probe was there, but no training DataLoader of torch gave a batch.</summary>
    public static DiagnosticRule NoDataLoader { get; } =
        new("EXP3102", "The script trained with no torch DataLoader", "probe: {loaders: all}");

    /// <summary>The GPU's memory is exhausted.</summary>
    public static DiagnosticRule CudaOutOfMemory { get; } =
        new("EXP3103", "CUDA is out of memory", "batch_size: 32");

    /// <summary>An allocation was refused.</summary>
    public static DiagnosticRule CannotAllocateMemory { get; } =
        new("EXP3104", "Memory cannot be allocated", "--num_workers 2");

    /// <summary>A signal ended a worker.</summary>
    public static DiagnosticRule WorkerKilled { get; } =
        new("EXP3105", "A DataLoader worker was killed by a signal", "--num_workers 2");

    /// <summary>/dev/shm is full: workers hand batches over there.</summary>
    public static DiagnosticRule SharedMemoryFull { get; } =
        new("EXP3106", "/dev/shm is full", "docker run --shm-size=8g");

    /// <summary>The thread that pins batches ended.</summary>
    public static DiagnosticRule PinMemoryThreadDied { get; } =
        new("EXP3107", "The pin-memory thread died", "pin_memory=False");

    /// <summary>The process may open no more files.</summary>
    public static DiagnosticRule TooManyOpenFiles { get; } =
        new("EXP3108", "Too many open files", "ulimit -n 65536");

    /// <summary>Workers could not be started.</summary>
    public static DiagnosticRule WorkerStartFailed { get; } =
        new("EXP3109", "The workers could not be started", "if __name__ == \"__main__\":");

    /// <summary>A module is missing or cannot be loaded.</summary>
    public static DiagnosticRule ImportFailed { get; } =
        new("EXP3110", "An import failed", "pip install NAME");

    /// <summary>A file of the dataset is missing.</summary>
    public static DiagnosticRule DatasetFileMissing { get; } =
        new("EXP3111", "A dataset file is missing", "ls PATH");

    /// <summary>No batch came for the stall timeout.</summary>
    public static DiagnosticRule Hang { get; } =
        new("EXP3112", "The loader hangs", "--num_workers 0");

    /// <summary>The dataset's code raised in a worker.</summary>
    public static DiagnosticRule WorkerRaised { get; } =
        new("EXP3113", "The dataset raised an exception in a worker", "--num_workers 0");

    /// <summary>The script raised.</summary>
    public static DiagnosticRule ScriptRaised { get; } =
        new("EXP3114", "The script raised an exception", "see stderr.log");

    /// <summary>The kernel ended the training process for want of memory.</summary>
    public static DiagnosticRule OutOfMemoryKilled { get; } =
        new("EXP3115", "The kernel's out-of-memory killer ended the training", "--num_workers 2");

    /// <summary>The script logs to MLflow, but to another experiment or store than the sweep's, where its trial's run is not.</summary>
    public static DiagnosticRule OtherMlflowRun { get; } =
        new("EXP3116", "The script's MLflow experiment or store is not the sweep's", "train: {env: {MLFLOW_RUN_ID: \"\"}}");

    /// <summary>More workers than cores that may be used.</summary>
    public static DiagnosticRule MoreWorkersThanCores { get; } =
        new("EXP3151", "More workers than usable cores", "--num_workers 2");

    /// <summary>Pinning without a GPU.</summary>
    public static DiagnosticRule PinMemoryWithoutCuda { get; } =
        new("EXP3152", "pin_memory without CUDA", "pin_memory=False");

    /// <summary>The kernel spends its time on handing out fresh memory.</summary>
    public static DiagnosticRule PageFaultBound { get; } =
        new("EXP3153", "Loading is bound by page faults", "env.GLIBC_TUNABLES: [\"glibc.malloc.hugetlb=1\"]");

    /// <summary>Workers copy the parent's Python objects by touching them.</summary>
    public static DiagnosticRule ObjectsReplicated { get; } =
        new("EXP3154", "Workers replicate the dataset's Python objects", "self.samples = numpy.asarray(samples)");

    /// <summary>Much of an epoch is the start of its workers.</summary>
    public static DiagnosticRule WorkerStartDominates { get; } =
        new("EXP3155", "The start of the workers dominates the epoch", "persistent_workers=True");

    /// <summary>A setting of the sweep did not reach the loader.</summary>
    public static DiagnosticRule OverrideNotApplied { get; } =
        new("EXP3156", "A setting was not applied", "probe: {loaders: all}");

    /// <summary>The record stops before the script did.</summary>
    public static DiagnosticRule RecordCutOff { get; } =
        new("EXP3157", "The probe's record is cut off", "df -h .experiments");
}
