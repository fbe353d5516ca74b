using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Mlflow.Http.Wire;

/// <summary>Makes requests of records.</summary>
internal static class ToWire
{
    public static LogBatchRequest Batch(string runId, RunBatch batch) => new(
        runId,
        batch.Metrics.Count == 0 ? null : [.. batch.Metrics.Select(p => new MetricMessage(p.Key, p.Value, p.TimestampMs, p.Step))],
        batch.Params.Count == 0 ? null : batch.Params,
        batch.Tags.Count == 0 ? null : batch.Tags);

    public static DatasetInputMessage Input(DatasetInput input) => new(
        input.Context is null ? null : [new Tag(MlflowTags.DataContext, input.Context)],
        new DatasetMessage(input.Name, input.Digest, input.SourceType, input.Source, input.Schema, input.Profile));

    public static string View(ViewType view) => view switch
    {
        ViewType.ActiveOnly => "ACTIVE_ONLY",
        ViewType.DeletedOnly => "DELETED_ONLY",
        _ => "ALL",
    };
}
