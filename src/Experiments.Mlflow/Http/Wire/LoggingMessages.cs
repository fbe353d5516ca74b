using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Http.Wire;

internal readonly record struct MetricMessage(string Key, double Value, long Timestamp, long Step);

internal sealed record LogBatchRequest(
    string RunId, IReadOnlyList<MetricMessage>? Metrics, IReadOnlyList<Param>? Params, IReadOnlyList<Tag>? Tags);

internal sealed record HistoryReply(IReadOnlyList<MetricMessage>? Metrics, string? NextPageToken);

internal sealed record LogInputsRequest(string RunId, IReadOnlyList<DatasetInputMessage> Datasets);

internal sealed record DatasetInputMessage(IReadOnlyList<Tag>? Tags, DatasetMessage? Dataset);

internal sealed record DatasetMessage(string? Name, string? Digest, string? SourceType, string? Source, string? Schema, string? Profile);
