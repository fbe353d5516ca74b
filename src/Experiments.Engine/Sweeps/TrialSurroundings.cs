using Experiments.Engine.Journal;
using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Sweeps;

/// <summary>What all trials of a sweep share.</summary>
internal sealed record TrialSurroundings
{
    /// <summary>The request.</summary>
    public required SweepRequest Request { get; init; }

    /// <summary>The sweep's folder.</summary>
    public required SweepFolder Folder { get; init; }

    /// <summary>This start of the sweep; a resumed one has another.</summary>
    public required string RunId { get; init; }

    /// <summary>Turns trials into commands.</summary>
    public required ITrainer Trainer { get; init; }

    /// <summary>Starts processes.</summary>
    public required IProcessLauncher Launcher { get; init; }

    /// <summary>Makes control groups.</summary>
    public required ControlGroupSource Groups { get; init; }

    /// <summary>Reads GPUs, or null.</summary>
    public IGpuReader? Gpus { get; init; }

    /// <summary>Why it is null, or not the best reader; null for the best.</summary>
    public string? NoGpuReason { get; init; }

    /// <summary>Guards against this program's sudden end, or null.</summary>
    public Watchdog? Watchdog { get; init; }

    /// <summary>The observers.</summary>
    public required ObserverPipeline Observers { get; init; }

    /// <summary>The environment that trials inherit.</summary>
    public required IReadOnlyDictionary<string, string> Inherited { get; init; }

    /// <summary>Cores that trials can use.</summary>
    public required double UsableCores { get; init; }

    /// <summary>The memory limit of each trial, or null.</summary>
    public long? MemoryLimitBytes { get; init; }
}
