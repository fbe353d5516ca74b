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

    /// <summary>What was put aside first and why, which may be a rule of this program as well as one of the store; null: nothing was.</summary>
    public string? FirstRejection { get; init; }

    /// <summary>
    /// The code of <see cref="MlflowErrorCode"/> for which nothing is sent until a person has mended it: credentials, or a deleted experiment. Only a
    /// flush tries again. Null: there is none.
    /// </summary>
    public string? BarredBy { get; init; }

    /// <summary>Points dropped because neither memory nor disk had room.</summary>
    public long DroppedPoints { get; init; }

    /// <summary>Whether anything is still to be sent.</summary>
    public bool IsPending { get; init; }

    /// <summary>Why the last try failed; null if it did not.</summary>
    public string? LastError { get; init; }
}
