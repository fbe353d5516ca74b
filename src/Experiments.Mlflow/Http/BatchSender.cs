using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http.Wire;

namespace Experiments.Mlflow.Http;

/// <summary>
/// Sends one batch that keeps the limits. Servers keep a finite point once however often it comes, but refuse a whole batch for a NaN point
/// that they have already; then the NaN points they have are taken out and the rest is sent again.
/// </summary>
internal sealed class BatchSender(HttpStore store, RestClient client)
{
    public async Task SendAsync(string runId, RunBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await PostAsync(runId, batch, cancellationToken);
        }
        catch (MlflowException e) when (!e.IsTransient && batch.Metrics.Any(point => double.IsNaN(point.Value)))
        {
            var rest = await WithoutStoredNaNAsync(runId, batch, cancellationToken);
            if (rest.Metrics.Count == batch.Metrics.Count)
            {
                throw;
            }

            await PostAsync(runId, rest, cancellationToken);
        }
    }

    private Task PostAsync(string runId, RunBatch batch, CancellationToken cancellationToken) => client.PostAsync(
        "api/2.0/mlflow/runs/log-batch",
        ToWire.Batch(runId, batch),
        MlflowJson.Default.LogBatchRequest,
        cancellationToken);

    private async Task<RunBatch> WithoutStoredNaNAsync(string runId, RunBatch batch, CancellationToken cancellationToken)
    {
        var stored = new HashSet<(string, long, long)>();
        foreach (var key in batch.Metrics.Where(point => double.IsNaN(point.Value)).Select(point => point.Key).Distinct())
        {
            foreach (var point in await store.GetMetricHistoryAsync(runId, key, cancellationToken))
            {
                if (double.IsNaN(point.Value))
                {
                    stored.Add((point.Key, point.TimestampMs, point.Step));
                }
            }
        }

        bool IsStored(MetricPoint point) => double.IsNaN(point.Value) && stored.Contains((point.Key, point.TimestampMs, point.Step));
        return batch with { Metrics = [.. batch.Metrics.Where(point => !IsStored(point))] };
    }
}
