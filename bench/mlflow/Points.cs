using Experiments.Mlflow.Entities;

namespace Experiments.Bench.Mlflow;

/// <summary>Metric points as a sweep logs them: five curves, step after step.</summary>
internal static class Points
{
    private static readonly string[] Keys = ["train/loss", "train/accuracy", "loader/wait_ms", "samples_per_second", "step_ms"];

    public static MetricPoint At(int i) => new(Keys[i % Keys.Length], i * 0.001, 1_700_000_000_000 + (i / Keys.Length), i / Keys.Length);

    public static IEnumerable<RunBatch> Batches(int count, int size)
    {
        for (var start = 0; start < count; start += size)
        {
            var batch = new MetricPoint[Math.Min(size, count - start)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = At(start + i);
            }

            yield return new RunBatch { Metrics = batch };
        }
    }
}
