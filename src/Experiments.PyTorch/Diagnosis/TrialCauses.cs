namespace Experiments.PyTorch.Diagnosis;

/// <summary>EXP31nn: why a PyTorch trial failed (01 to 49) or is slow (51 to 99).</summary>
public static class TrialCauses
{
    /// <summary>The probe wrote nothing.</summary>
    public static TrialCause ProbeNotAttached { get; } = Error(1, "The probe is not attached", "python: python3   # without -I and -E");

    /// <summary>The probe was there, but no training DataLoader of torch gave a batch.</summary>
    public static TrialCause NoDataLoader { get; } = Error(2, "The script trained with no torch DataLoader", "probe: {loaders: all}");

    /// <summary>The GPU's memory is exhausted.</summary>
    public static TrialCause CudaOutOfMemory { get; } = Error(3, "CUDA is out of memory", "batch_size: 32");

    /// <summary>An allocation was refused.</summary>
    public static TrialCause CannotAllocateMemory { get; } = Error(4, "Memory cannot be allocated", "--num_workers 2");

    /// <summary>A signal ended a worker.</summary>
    public static TrialCause WorkerKilled { get; } = Error(5, "A DataLoader worker was killed by a signal", "--num_workers 2");

    /// <summary>/dev/shm is full: workers hand batches over there.</summary>
    public static TrialCause SharedMemoryFull { get; } = Error(6, "/dev/shm is full", "docker run --shm-size=8g");

    /// <summary>The thread that pins batches ended.</summary>
    public static TrialCause PinMemoryThreadDied { get; } = Error(7, "The pin-memory thread died", "pin_memory=False");

    /// <summary>The process may open no more files.</summary>
    public static TrialCause TooManyOpenFiles { get; } = Error(8, "Too many open files", "ulimit -n 65536");

    /// <summary>Workers could not be started.</summary>
    public static TrialCause WorkerStartFailed { get; } = Error(9, "The workers could not be started", "if __name__ == \"__main__\":");

    /// <summary>A module is missing or cannot be loaded.</summary>
    public static TrialCause ImportFailed { get; } = Error(10, "An import failed", "pip install NAME");

    /// <summary>A file of the dataset is missing.</summary>
    public static TrialCause DatasetFileMissing { get; } = Error(11, "A dataset file is missing", "ls PATH");

    /// <summary>No batch came for the stall timeout.</summary>
    public static TrialCause Hang { get; } = Error(12, "The loader hangs", "--num_workers 0");

    /// <summary>The dataset's code raised in a worker.</summary>
    public static TrialCause WorkerRaised { get; } = Error(13, "The dataset raised an exception in a worker", "--num_workers 0");

    /// <summary>The script raised.</summary>
    public static TrialCause ScriptRaised { get; } = Error(14, "The script raised an exception", "see stderr.log");

    /// <summary>The kernel ended the training process for want of memory.</summary>
    public static TrialCause OutOfMemoryKilled { get; } = Error(15, "The kernel's out-of-memory killer ended the training", "--num_workers 2");

    /// <summary>More workers than cores that may be used.</summary>
    public static TrialCause MoreWorkersThanCores { get; } = Warning(51, "More workers than usable cores", "--num_workers 2");

    /// <summary>Pinning without a GPU.</summary>
    public static TrialCause PinMemoryWithoutCuda { get; } = Warning(52, "pin_memory without CUDA", "pin_memory=False");

    /// <summary>The kernel spends its time on handing out fresh memory.</summary>
    public static TrialCause PageFaultBound { get; } =
        Warning(53, "Loading is bound by page faults", "env.GLIBC_TUNABLES: [\"glibc.malloc.hugetlb=1\"]");

    /// <summary>Workers copy the parent's Python objects by touching them.</summary>
    public static TrialCause ObjectsReplicated { get; } =
        Warning(54, "Workers replicate the dataset's Python objects", "self.samples = numpy.asarray(samples)");

    /// <summary>Much of an epoch is the start of its workers.</summary>
    public static TrialCause WorkerStartDominates { get; } =
        Warning(55, "The start of the workers dominates the epoch", "persistent_workers=True");

    /// <summary>A setting of the sweep did not reach the loader.</summary>
    public static TrialCause OverrideNotApplied { get; } = Warning(56, "A setting was not applied", "probe: {loaders: all}");

    /// <summary>The record stops before the script did.</summary>
    public static TrialCause RecordCutOff { get; } = Warning(57, "The probe's record is cut off", "df -h .experiments");

    /// <summary>All causes, by code.</summary>
    public static IReadOnlyList<TrialCause> All { get; } =
    [
        ProbeNotAttached, NoDataLoader, CudaOutOfMemory, CannotAllocateMemory, WorkerKilled, SharedMemoryFull, PinMemoryThreadDied,
        TooManyOpenFiles, WorkerStartFailed, ImportFailed, DatasetFileMissing, Hang, WorkerRaised, ScriptRaised, OutOfMemoryKilled,
        MoreWorkersThanCores, PinMemoryWithoutCuda, PageFaultBound, ObjectsReplicated, WorkerStartDominates, OverrideNotApplied, RecordCutOff,
    ];

    private static TrialCause Error(int number, string title, string remedy) =>
        new($"EXP31{number:00}", DiagnosisSeverity.Error, title, remedy);

    private static TrialCause Warning(int number, string title, string remedy) =>
        new($"EXP31{number:00}", DiagnosisSeverity.Warning, title, remedy);
}
