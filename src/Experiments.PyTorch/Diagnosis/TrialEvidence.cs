using Experiments.PyTorch.Interpreters;
using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>All that is known about a trial when it is over.</summary>
public sealed record TrialEvidence
{
    /// <summary>The exit code; null where a signal ended the process.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended the process; null where none did.</summary>
    public int? Signal { get; init; }

    /// <summary>Kills of the kernel's out-of-memory killer within the trial's memory group, from its <c>oom_kill</c> counter.</summary>
    public long OomKills { get; init; }

    /// <summary>The end of standard error, some tens of KiB.</summary>
    public string StandardErrorTail { get; init; } = "";

    /// <summary>Free bytes of <c>/dev/shm</c> at their lowest, or at the trial's end; null where not known.</summary>
    public long? SharedMemoryFreeBytes { get; init; }

    /// <summary>What the probe wrote.</summary>
    public ProbeRecord Record { get; init; } = ProbeRecord.None;

    /// <summary>How long no batch had come when the engine ended the trial for it; null where it did not.</summary>
    public TimeSpan? StalledFor { get; init; }

    /// <summary>The command line: interpreter, its options, the script, the script's arguments.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The module that the script is, and the folder to run it from; null where it is in no package, or a module is run.</summary>
    public (string Module, string Folder)? Module { get; init; }

    /// <summary>The arguments as the definition has them, with <c>{axis}</c>.</summary>
    public IReadOnlyList<string> ArgumentTemplates { get; init; } = [];

    /// <summary>Which loaders the definition steers: <c>train</c>, <c>all</c> or <c>file.py:line</c>.</summary>
    public string Loaders { get; init; } = "train";

    /// <summary>The user's own modules and packages near the script by name, each with its folder as the trial's working directory sees it.</summary>
    public IReadOnlyDictionary<string, string> ModulesNearby { get; init; } = new Dictionary<string, string>();

    /// <summary>What the interpreter has; null where it was not asked.</summary>
    public InterpreterInfo? Interpreter { get; init; }

    /// <summary>The probe's folder that was first on the trial's <c>PYTHONPATH</c>; null where not known.</summary>
    public string? ProbeFolder { get; init; }

    /// <summary>Whether the events file could be written before the trial; null where it was not tried.</summary>
    public bool? EventsFileWritable { get; init; }

    /// <summary>Cores that the trial may use, cgroup quota and affinity counted; default: those of this process.</summary>
    public int UsableCores { get; init; } = Environment.ProcessorCount;

    /// <summary>The settings that the sweep wants of the training loader.</summary>
    public LoaderSettings Wanted { get; init; } = new(null, null, null, null, null);

    /// <summary>Whether the sweep varies <c>num_workers</c>, or sets it.</summary>
    public bool SweepsNumWorkers { get; init; }

    /// <summary>Whether the trial ended other than by its own success.</summary>
    public bool Failed => ExitCode != 0 || Signal is not null || StalledFor is not null;

    /// <summary>Workers of the training loader: as used, else as wanted; null where neither is known.</summary>
    public int? NumWorkers => Record.Loaders.LastOrDefault(loader => loader.Trains)?.Used.NumWorkers ?? Wanted.NumWorkers;
}
