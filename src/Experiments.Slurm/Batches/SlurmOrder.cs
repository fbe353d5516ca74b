using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Execution;

namespace Experiments.Slurm.Batches;

/// <summary>A trial as a node is asked for it.</summary>
internal sealed record SlurmOrder
{
    /// <summary>The trial.</summary>
    public required PlannedTrial Trial { get; init; }

    /// <summary>Measured steps to ask it for.</summary>
    public required int Steps { get; init; }

    /// <summary>The memory that it was foreseen to take, or null.</summary>
    public MemoryForecast? Forecast { get; init; }

    /// <summary>How often it was submitted, this time included: 1, unless the cluster lost it.</summary>
    public int Try { get; init; } = 1;

    /// <summary>The order that an executor takes.</summary>
    public TrialOrder ToTrialOrder() => new() { Trial = Trial, Steps = Steps, Forecast = Forecast };

    /// <summary>The order of a node.</summary>
    /// <param name="order">What the loop asks for.</param>
    public static SlurmOrder Of(TrialOrder order) => new() { Trial = order.Trial, Steps = order.Steps, Forecast = order.Forecast };
}
