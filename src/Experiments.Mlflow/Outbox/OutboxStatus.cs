namespace Experiments.Mlflow.Outbox;

/// <summary>What an outbox has done and what it still has to do.</summary>
public sealed record OutboxStatus
{
    /// <summary>Operations that the store has taken.</summary>
    public long DeliveredOperations { get; init; }

    /// <summary>Metric points that the store has taken.</summary>
    public long DeliveredPoints { get; init; }

    /// <summary>Operations that the store refused for good; they are in the folder's <c>rejected.jsonl</c>.</summary>
    public long RejectedOperations { get; init; }

    /// <summary>Points dropped because neither memory nor disk had room.</summary>
    public long DroppedPoints { get; init; }

    /// <summary>Whether anything is still to be sent.</summary>
    public bool IsPending { get; init; }

    /// <summary>Why the last try failed; null if it did not.</summary>
    public string? LastError { get; init; }
}
