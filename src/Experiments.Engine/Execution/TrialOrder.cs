using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Processes.Freezing;

namespace Experiments.Engine.Execution;

/// <summary>A trial to run, with what is known of it only when it starts.</summary>
public sealed record TrialOrder
{
    /// <summary>The trial.</summary>
    public required PlannedTrial Trial { get; init; }

    /// <summary>Measured steps to ask it for.</summary>
    public required int Steps { get; init; }

    /// <summary>Variables that came late, such as its run in MLflow. The definition's <c>env</c> goes before them, and the script that runs the trial by hand has none of them.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>The memory that it was foreseen to take, which its result then says; null where nothing was.</summary>
    public MemoryForecast? Forecast { get; init; }

    /// <summary>Called when its process runs: with what stops the trial and lets it go on, and what its whole tree took of the CPU so far, in seconds, or null.</summary>
    internal Action<TreeFreezer, Func<double?>> Started { get; init; } = (_, _) => { };
}
