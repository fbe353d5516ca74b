namespace Experiments.PyTorch.Record;

/// <summary>What the probe wrote about a trial.</summary>
public sealed record ProbeRecord
{
    /// <summary>The record of a trial whose probe wrote nothing.</summary>
    public static ProbeRecord None { get; } = new();

    /// <summary>Whether Python started with the probe.</summary>
    public bool Started { get; init; }

    /// <summary>Whether torch's DataLoader was imported and patched.</summary>
    public bool Attached { get; init; }

    /// <summary>Python's version; null where not told.</summary>
    public string? PythonVersion { get; init; }

    /// <summary>torch's version; null where it was not imported.</summary>
    public string? TorchVersion { get; init; }

    /// <summary>The CUDA version of torch's build, or <c>hip</c> or <c>xpu</c> with theirs; null for a CPU build.</summary>
    public string? CudaBuild { get; init; }

    /// <summary>The loaders, in the order in which they were made.</summary>
    public IReadOnlyList<LoaderRecord> Loaders { get; init; } = [];

    /// <summary>The epochs that ended, of all loaders.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>Samples of the processes, in order.</summary>
    public IReadOnlyList<ProcessSample> Processes { get; init; } = [];

    /// <summary>Steps, warm-up included; batches, where <see cref="StepsAreGuessed"/>.</summary>
    public int Steps { get; init; }

    /// <summary>Whether nothing trained, so that each batch of the loader that seems to train was taken for a step.</summary>
    public bool StepsAreGuessed { get; init; }

    /// <summary>Whether something trained at all: gradients, an optimizer's step, or the call that the definition names.</summary>
    public bool SawTraining { get; init; }

    /// <summary>Whether an optimizer made a step, or the call that the definition names was made.</summary>
    public bool SawOptimizer { get; init; }

    /// <summary>Steps whose batches the training took from memory rather than from its loader.</summary>
    public int StepsFromMemory { get; init; }

    /// <summary>Processes that trained at the same time, each for itself: ranks of one training are none.</summary>
    public int ProcessesBesides { get; init; }

    /// <summary>Whether another thread took the batches ahead of the training.</summary>
    public bool IsFedByThread { get; init; }

    /// <summary>How the samples of a batch were guessed, of each loader where they were, in the order in which that happened.</summary>
    public IReadOnlyList<SampleGuess> SampleGuesses { get; init; } = [];

    /// <summary>Samples in these steps.</summary>
    public long Samples { get; init; }

    /// <summary>Time spent waiting in these steps, in seconds.</summary>
    public double WaitSeconds { get; init; }

    /// <summary>Time of these steps, in seconds, the wait included.</summary>
    public double StepSeconds { get; init; }

    /// <summary>Unix time of the last step, in seconds, while its epoch goes on; null before the first step and once the epoch has ended.</summary>
    public double? WaitingSince { get; init; }

    /// <summary>From the start of Python to the first batch, in seconds; null where there was none.</summary>
    public double? FirstBatchSeconds { get; init; }

    /// <summary>The exception that ended the script, as the probe saw it.</summary>
    public ScriptException? Exception { get; init; }

    /// <summary>Whether the end was written: the process ended in order and the file could be written until then.</summary>
    public bool Ended { get; init; }

    /// <summary>Whether the probe ended the script because its steps were done.</summary>
    public bool StoppedAfterSteps { get; init; }

    /// <summary>Lines that are no JSON, such as a torn last one.</summary>
    public int UnreadableLines { get; init; }
}
