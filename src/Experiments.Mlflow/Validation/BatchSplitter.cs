using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Validation;

/// <summary>Splits a batch so that each part keeps a server's four limits. Params and tags go first, then the points fill up.</summary>
internal static class BatchSplitter
{
    public const int MaxMetrics = 1000;
    public const int MaxParams = 100;
    public const int MaxTags = 100;
    public const int MaxTotal = 1000;

    public static IEnumerable<RunBatch> Split(RunBatch batch)
    {
        int metrics = 0, parameters = 0, tags = 0;
        do
        {
            var part = new RunBatch
            {
                Params = Take(batch.Params, ref parameters, MaxParams),
                Tags = Take(batch.Tags, ref tags, MaxTags),
            };
            yield return part with { Metrics = Take(batch.Metrics, ref metrics, Math.Min(MaxMetrics, MaxTotal - part.Count)) };
        }
        while (metrics < batch.Metrics.Count || parameters < batch.Params.Count || tags < batch.Tags.Count);
    }

    private static IReadOnlyList<T> Take<T>(IReadOnlyList<T> items, ref int at, int max)
    {
        var count = Math.Min(max, items.Count - at);
        if (count == items.Count)
        {
            at = count;
            return items;
        }

        var part = new List<T>(count);
        for (var end = at + count; at < end; at++)
        {
            part.Add(items[at]);
        }

        return part;
    }
}
