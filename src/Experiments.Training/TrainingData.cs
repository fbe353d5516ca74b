using Experiments.Data;

namespace Experiments.Training;

/// <summary>The samples of a task.</summary>
public sealed record TrainingData : IDisposable
{
    /// <summary>Samples to train on; at least one.</summary>
    public required ISampleSource Train { get; init; }

    /// <summary>Samples to measure accuracy on; null for none.</summary>
    public ISampleSource? Dev { get; init; }

    /// <summary>The classes, in the order of their indices; empty where the task does not classify.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Name of the batch's int64 tensor of class indices; default <c>label</c>.</summary>
    public string LabelField { get; init; } = "label";

    /// <summary>What to dispose when the training is over, besides the sources; may be null.</summary>
    public IDisposable? Owner { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        (Train as IDisposable)?.Dispose();
        (Dev as IDisposable)?.Dispose();
        Owner?.Dispose();
    }
}
