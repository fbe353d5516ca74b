using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Results;

namespace Experiments.Analysis.Memory;

/// <summary>
/// What workers take by their loader's own account: each what it holds idle and the batches it loads ahead, of which there are never more
/// than an epoch has. Peaks at one and two workers do not tell it: there the consumer takes batches faster than they pile up.
/// </summary>
/// <param name="WorkerBytes">What one idle worker holds.</param>
/// <param name="BatchBytes">A batch.</param>
/// <param name="PrefetchFactor">Batches that each worker loads ahead.</param>
/// <param name="EpochBatches">Batches of an epoch.</param>
internal sealed record LoaderMemory(double WorkerBytes, double BatchBytes, double PrefetchFactor, double EpochBatches)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The account of trials with workers; null when they gave none.</summary>
    public static LoaderMemory? Of(IReadOnlyCollection<TrialResult> trials)
    {
        var idle = Values(trials, MetricKeys.LoaderWorkerMegabytes);
        return idle.Length == 0 ? null : new LoaderMemory(
            idle.Min() * Mebibyte, // the one that was most at rest when it was looked at
            Median(trials, MetricKeys.LoaderBatchMegabytes, 0) * Mebibyte,
            Median(trials, MetricKeys.LoaderPrefetchFactor, 0),
            Median(trials, MetricKeys.LoaderEpochBatches, double.PositiveInfinity));
    }

    /// <summary>
    /// What going from one number of workers to another adds: the batches for certain; of what a worker holds for itself something between nothing
    /// and all, for heaps grow with the batches that a worker has made, and among more workers each makes fewer.
    /// </summary>
    public WorkerSlope Added(int from, int to)
    {
        var (batches, idle) = ((Ahead(to) - Ahead(from)) * BatchBytes, (to - from) * WorkerBytes);
        return new WorkerSlope(batches, batches + (idle / 2), batches + idle);
    }

    /// <summary>The account in words.</summary>
    public string Words() => PrefetchFactor > 0
        ? FormattableString.Invariant($"by the loader's account each worker loads {PrefetchFactor:0} batches of {Quantity.Bytes(BatchBytes)} ahead and holds up to {Quantity.Bytes(WorkerBytes)} besides")
        : $"by the loader's account a worker holds up to {Quantity.Bytes(WorkerBytes)} and no batches of its own";

    private double Ahead(int numWorkers) => Math.Min(numWorkers * PrefetchFactor, EpochBatches);

    private static double Median(IEnumerable<TrialResult> trials, string key, double otherwise) =>
        Values(trials, key) is { Length: > 0 } values ? RobustLocation.Median(values) : otherwise;

    private static double[] Values(IEnumerable<TrialResult> trials, string key) =>
        [.. trials.Where(trial => trial.Configuration.NumWorkers > 0).Select(trial => trial.Metric(key)).OfType<double>().Where(value => value >= 0)];
}
