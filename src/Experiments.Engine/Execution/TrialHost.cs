using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;
using Experiments.Processes.Running;

namespace Experiments.Engine.Execution;

/// <summary>What this machine has to run trials with.</summary>
internal sealed record TrialHost
{
    /// <summary>This start of the sweep; a resumed one has another.</summary>
    public required string RunId { get; init; }

    /// <summary>The environment that trials inherit.</summary>
    public required IReadOnlyDictionary<string, string> Inherited { get; init; }

    /// <summary>Starts processes.</summary>
    public required IProcessLauncher Launcher { get; init; }

    /// <summary>Makes control groups.</summary>
    public required ControlGroupSource Groups { get; init; }

    /// <summary>Guards against this program's sudden end, or null.</summary>
    public Watchdog? Watchdog { get; init; }

    /// <summary>Reads GPUs, or null.</summary>
    public IGpuReader? Gpus { get; init; }

    /// <summary>Lets a trial begin when the GPUs are free of the last one, or null.</summary>
    public GpuTurns? GpuTurns { get; init; }

    /// <summary>Why <see cref="Gpus"/> is null, or not the best reader; null for the best.</summary>
    public string? NoGpuReason { get; init; }
}
