using Experiments.Core.Definitions;
using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;

namespace Experiments.Engine.Sweeps;

/// <summary>All that is known of a trial when its processes have ended.</summary>
internal sealed record TrialEnd
{
    /// <summary>The experiment, for limits and places in its file.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>How the tree ended.</summary>
    public required SupervisedExit Exit { get; init; }

    /// <summary>What the sampler saw.</summary>
    public required TelemetryOutcome Telemetry { get; init; }

    /// <summary>The memory limit in bytes, or null.</summary>
    public long? MemoryLimitBytes { get; init; }

    /// <summary>Steps reported, warm-up included.</summary>
    public required int Steps { get; init; }

    /// <summary>Whether a throughput is known.</summary>
    public required bool IsMeasured { get; init; }

    /// <summary>The last lines of standard error, or of standard output when that is empty.</summary>
    public required string LastWords { get; init; }

    /// <summary>The command as a shell reads it.</summary>
    public required string CommandLine { get; init; }
}
