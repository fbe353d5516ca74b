using Experiments.Core.Results;

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
        new("EXP3105", "A DataLoader worker was killed by a signal", "--num_workers 0   # the worker's own error is shown then");

    /// <summary>/dev/shm is full: workers hand batches over there.</summary>
    public static DiagnosticRule SharedMemoryFull { get; } =
        new("EXP3106", "/dev/shm is full", "docker run --shm-size=8g");

    /// <summary>The thread that pins batches ended.</summary>
    public static DiagnosticRule PinMemoryThreadDied { get; } =
        new("EXP3107", "The pin-memory thread died", "pin_memory=False");

    /// <summary>The process may open no more files.</summary>
    public static DiagnosticRule TooManyOpenFiles { get; } =
        new("EXP3108", "Too many open files", "ulimit -n 65536   # or torch.multiprocessing.set_sharing_strategy(\"file_system\"); or keep tensor.clone(): each tensor that is kept of a worker's batch holds a file open");

    /// <summary>Workers could not be started.</summary>
    public static DiagnosticRule WorkerStartFailed { get; } =
        new("EXP3109", "The workers could not be started", "if __name__ == \"__main__\":");

    /// <summary>A module is missing or cannot be loaded.</summary>
    public static DiagnosticRule ImportFailed { get; } =
        new("EXP3110", "An import failed", "pip install PACKAGE   # the one that has the module");

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

    /// <summary>A process that was forked uses CUDA: a worker whose dataset makes CUDA tensors, mostly.</summary>
    public static DiagnosticRule CudaInFork { get; } =
        new("EXP3117", "CUDA is used in a forked process", "return CPU tensors from the dataset and move the batch in the training loop: batch.to(device, non_blocking=True); torch.load(…, map_location=\"cpu\")");

    /// <summary>Samples of one batch differ in size.</summary>
    public static DiagnosticRule UnequalSamples { get; } =
        new("EXP3118", "Samples of different sizes cannot be stacked to a batch", "collate_fn=…   # one that pads (torch.nn.utils.rnn.pad_sequence), or give all samples one size in the dataset; num_workers=0 fails alike");

    /// <summary>The dataset returned what torch does not make batches of, such as None.</summary>
    public static DiagnosticRule NotCollatable { get; } =
        new("EXP3119", "The dataset returned what cannot be made a batch", "collate_fn=…   # one that makes a batch of such samples");

    /// <summary>The loader's own <c>timeout</c> passed without a batch.</summary>
    public static DiagnosticRule LoaderTimedOut { get; } =
        new("EXP3120", "The DataLoader's own timeout passed without a batch", "DataLoader(…, timeout=0)   # or longer; and look for the sample that is slow");

    /// <summary>A setting of the loader asks for workers where there are none.</summary>
    public static DiagnosticRule NeedsWorkers { get; } =
        new("EXP3121", "A setting of the DataLoader needs workers", "exclude: [{num_workers: 0}]");

    /// <summary>A worker used a file or a database that was opened before it was forked.</summary>
    public static DiagnosticRule SharedHandle { get; } =
        new("EXP3122", "Workers share a file that was opened before they were forked", "open the file in the worker: on first use in __getitem__, or in worker_init_fn; if num_workers=0 fails alike, the file itself is broken");

    /// <summary>The script belongs to a package and imports relatively, but is run as a file.</summary>
    public static DiagnosticRule RelativeImport { get; } =
        new("EXP3123", "The script is part of a package, but is run as a file", "train: {pytorch: {module: PACKAGE.SCRIPT}}   # by hand: python -m PACKAGE.SCRIPT");

    /// <summary>The script's command line does not take the arguments that the definition gives. The exit code is 2.</summary>
    public static DiagnosticRule UnknownArgument { get; } =
        new("EXP3124", "The script does not take its arguments", "python SCRIPT --help   # what it takes");

    /// <summary>The script is no Python that this interpreter reads.</summary>
    public static DiagnosticRule NotPython { get; } =
        new("EXP3125", "The script has a syntax error", "python -m py_compile SCRIPT");

    /// <summary>What the script makes is there already: an earlier trial left it.</summary>
    public static DiagnosticRule OutputExists { get; } =
        new("EXP3126", "The script's output is there already, left by an earlier trial or run", "args: [--output, \"{trial_dir}/output\"]   # by the script's own option: a folder of the trial's own");

    /// <summary>The training process crashed in native code.</summary>
    public static DiagnosticRule NativeCrash { get; } =
        new("EXP3127", "The training crashed in native code", "env: {PYTHONFAULTHANDLER: \"1\"}   # standard error then names the line of Python");

    /// <summary>A worker's sample or batch cannot be sent to the training, which waits for it.</summary>
    public static DiagnosticRule SampleNotPicklable { get; } =
        new("EXP3128", "A worker cannot send its batch to the training", "return tensors, arrays, numbers and texts from the dataset: no open file, generator, lock or function");

    /// <summary>A trial was not run: another failed of a cause that the matrix does not change.</summary>
    public static DiagnosticRule Skipped { get; } =
        new("EXP3129", "The rest of the sweep was skipped: what failed the first trial fails the others alike", "Mend what the first trial's message names, then run the sweep anew or continue it: experiments resume.");

    /// <summary>More workers than cores that may be used.</summary>
    public static DiagnosticRule MoreWorkersThanCores { get; } =
        new("EXP3151", "More workers than usable cores", "matrix: {num_workers: [2, 8]}");

    /// <summary>Pinning without a GPU.</summary>
    public static DiagnosticRule PinMemoryWithoutCuda { get; } =
        new("EXP3152", "pin_memory without CUDA", "pin_memory=False");

    /// <summary>The kernel spends its time on handing out fresh memory.</summary>
    public static DiagnosticRule PageFaultBound { get; } =
        new("EXP3153", "Loading is bound by page faults", "env.GLIBC_TUNABLES: [\"glibc.malloc.hugetlb=1\"]");

    /// <summary>Workers copy the parent's Python objects by touching them.</summary>
    public static DiagnosticRule ObjectsReplicated { get; } =
        new("EXP3154", "Workers replicate the dataset's Python objects", "keep numbers in one numpy array or tensor a column, and the rest pickled in one buffer with an array of offsets: each Python object that a worker touches is copied");

    /// <summary>Much of an epoch is the start of its workers.</summary>
    public static DiagnosticRule WorkerStartDominates { get; } =
        new("EXP3155", "The start of the workers dominates the epoch", "persistent_workers=True");

    /// <summary>A setting of the sweep did not reach the loader.</summary>
    public static DiagnosticRule OverrideNotApplied { get; } =
        new("EXP3156", "A setting was not applied", "probe: {loaders: all}");

    /// <summary>The record stops before the script did.</summary>
    public static DiagnosticRule RecordCutOff { get; } =
        new("EXP3157", "The probe's record is cut off", "df -h .experiments");

    /// <summary>Nothing trained, so each batch was taken for a step.</summary>
    public static DiagnosticRule StepsGuessed { get; } =
        new("EXP3158", "Nothing trained between the batches, so each batch was taken for a step", "train: {step: batch}   # if the script only reads or infers");

    /// <summary>The samples of a batch were guessed by its shape.</summary>
    public static DiagnosticRule SamplesGuessed { get; } =
        new("EXP3159", "The samples of a batch were guessed by its shape", "train: {samples_per_step: 64}");

    /// <summary>Neither the sampler nor the batch tells how many samples a batch holds.</summary>
    public static DiagnosticRule SamplesUnknown { get; } =
        new("EXP3160", "The number of samples in a batch is not known", "train: {samples_per_step: 64}");

    /// <summary>Batches that were loaded once were trained on again and again.</summary>
    public static DiagnosticRule BatchesFromMemory { get; } =
        new("EXP3161", "The training takes its batches from memory, not from the loader", "train: {samples_per_step: 64}   # if its steps hold another number of samples");

    /// <summary>Another thread takes the batches.</summary>
    public static DiagnosticRule FedByThread { get; } =
        new("EXP3162", "Another thread takes the batches ahead of the training", "its waits are those in which no batch was ready");

    /// <summary>Gradients were computed, and no optimizer made a step.</summary>
    public static DiagnosticRule GradientsOnly { get; } =
        new("EXP3163", "No optimizer made a step, so each batch with gradients was taken for a step", "train: {step: module:function}   # the call that trains, if it is another");

    /// <summary>Several processes train, each for itself.</summary>
    public static DiagnosticRule TrainsBesides { get; } =
        new("EXP3164", "Several processes train, each for itself, and the figures are those of one", "one process a trial, or ranks of torch.distributed, whose samples are added");

    private static readonly HashSet<string> EveryTrial = [UnknownArgument.Code, NotPython.Code];

    /// <summary>Whether a trial failed, before its first step, of a cause that no setting of a loader changes: an import, a syntax error, arguments that the script does not take.</summary>
    /// <param name="trial">The trial.</param>
    public static bool IsOutsideMatrix(TrialResult trial) =>
        trial.Status == TrialStatus.Failed && !trial.Metrics.ContainsKey(MetricKeys.SamplesPerSecond)
        && trial.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error)?.Code is { } code
        && (EveryTrial.Contains(code) || code == ImportFailed.Code || code == RelativeImport.Code);

    /// <summary>Whether the cause is one that no axis of any kind changes.</summary>
    /// <param name="trial">A trial that <see cref="IsOutsideMatrix"/>.</param>
    public static bool MeetsEveryTrial(TrialResult trial) =>
        trial.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Error)?.Code is { } code && EveryTrial.Contains(code);
}
