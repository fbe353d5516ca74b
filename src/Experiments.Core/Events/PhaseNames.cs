namespace Experiments.Core.Events;

/// <summary>Phases that the engine knows.</summary>
public static class PhaseNames
{
    /// <summary>The training process is up, nothing loaded yet.</summary>
    public const string Start = "start";

    /// <summary>The loader was asked for its first batch.</summary>
    public const string Load = "load";

    /// <summary>The first batch is there.</summary>
    public const string FirstBatch = "first_batch";

    /// <summary>The loader's worker processes, in the field <c>workers</c>: a list of process numbers, in the order of the workers.</summary>
    public const string Processes = "processes";

    /// <summary>Something has trained: batches before this were none of the training's steps.</summary>
    public const string Evidence = "evidence";

    /// <summary>A loader, in the field <c>loader</c>, has given its first training step.</summary>
    public const string Trains = "trains";

    /// <summary>A pass over a loader has ended, with its figures.</summary>
    public const string Epoch = "epoch";

    /// <summary>The dev split is evaluated.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>The training is over.</summary>
    public const string End = "end";
}
