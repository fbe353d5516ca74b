using Experiments.Core.Definitions;
using Experiments.Core.Plans;

namespace Experiments.Engine.Trainers;

/// <summary>What a trainer knows of the trial that it prepares.</summary>
public sealed record TrialContext
{
    /// <summary>The experiment.</summary>
    public required ExperimentDefinition Definition { get; init; }

    /// <summary>The trial.</summary>
    public required PlannedTrial Trial { get; init; }

    /// <summary>Measured steps to ask for; default: the definition's, of <c>auto</c> the least.</summary>
    public int Steps
    {
        get => field > 0 ? field : Definition.Train.Steps ?? MeasuringTime.LeastSteps;
        init;
    }

    /// <summary>Absolute folder of the trial's dataset; null when the configuration names none.</summary>
    public string? DatasetFolder { get; init; }

    /// <summary>Absolute folder of the trial's own files.</summary>
    public required string Folder { get; init; }
}
