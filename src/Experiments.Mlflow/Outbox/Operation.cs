using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http.Wire;

namespace Experiments.Mlflow.Outbox;

/// <summary>One thing to be done in the store, as it is written to disk. Only the fields of its kind are set.</summary>
internal sealed record Operation
{
    public required OperationKind Kind { get; init; }

    public string? RunKey { get; init; }

    public OutboxRun? Run { get; init; }

    public List<MetricMessage>? Metrics { get; init; }

    public List<Param>? Params { get; init; }

    public List<Tag>? Tags { get; init; }

    public IReadOnlyList<DatasetInput>? Inputs { get; init; }

    public RunStatus? Status { get; init; }

    public long? EndTimeMs { get; init; }

    public string? Path { get; init; }

    public string? File { get; init; }

    public RunBatch ToBatch() => new()
    {
        Metrics = [.. (Metrics ?? []).Select(FromWire.Point)],
        Params = Params ?? [],
        Tags = Tags ?? [],
    };

    public override string ToString() => $"{Kind} of {RunKey ?? "the experiment"}";
}
