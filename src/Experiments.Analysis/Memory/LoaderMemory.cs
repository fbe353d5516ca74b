using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Results;

namespace Experiments.Analysis.Memory;

/// <summary>
/// What workers take by their loader's own account: each the batches it loads ahead and what it holds besides, of which there are never more
/// than an epoch has. Peaks at one and two workers do not tell it: there the consumer takes batches faster than they pile up.
/// </summary>
/// <param name="WorkerBytes">What one worker holds besides: libraries, samples in the making, and memory that its allocator keeps.</param>
/// <param name="BatchBytes">A batch.</param>
/// <param name="PrefetchFactor">Batches that each worker loads ahead.</param>
/// <param name="EpochBatches">Batches of an epoch.</param>
internal sealed record LoaderMemory(double WorkerBytes, double BatchBytes, double PrefetchFactor, double EpochBatches)
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>
    /// The share of what a worker holds besides its batches that a further worker adds. Most of it grows with the batches that a worker has made, and
    /// among more workers each makes fewer: those of the PyTorch example held 290 MiB each where it was one, 160 of two, 130 of four, 100 of eight.
    /// By the peaks of seven sweeps of it (<c>bench/memory</c>) the share was nothing from two workers to four and a third from two to eight.
    /// </summary>
    private const double Lasting = 0.2;

    /// <summary>The account of trials with workers; null when they gave none.</summary>
    public static LoaderMemory? Of(IReadOnlyCollection<TrialResult> trials)
    {
        // Those with the most workers are the nearest to still more.
        var most = trials.Where(trial => trial.Configuration.NumWorkers > 0 && trial.Metric(MetricKeys.LoaderWorkerMegabytes) >= 0)
            .GroupBy(trial => trial.Configuration.NumWorkers).MaxBy(group => group.Key)?.ToArray();
        return most is null ? null : new LoaderMemory(
            Median(most, MetricKeys.LoaderWorkerMegabytes, 0) * Mebibyte,
            Median(most, MetricKeys.LoaderBatchMegabytes, 0) * Mebibyte,
            Median(most, MetricKeys.LoaderPrefetchFactor, 0),
            Median(most, MetricKeys.LoaderEpochBatches, double.PositiveInfinity));
    }

    /// <summary>
    /// What going from one number of workers to another adds: the batches for certain, and of what a worker holds besides something between nothing and all; as much as the
    /// peaks show from the first worker on, and no less than <see cref="Lasting"/>.
    /// </summary>
    /// <param name="from">Workers so far.</param>
    /// <param name="to">Workers then.</param>
    /// <param name="measured">What a worker added to the measured peaks, in bytes.</param>
    public WorkerSlope Added(int from, int to, double measured)
    {
        var (batches, besides) = ((Ahead(to) - Ahead(from)) * BatchBytes, (to - from) * WorkerBytes);
        var shown = (to - from) * Math.Clamp(measured - (PrefetchFactor * BatchBytes), 0, WorkerBytes);
        return new WorkerSlope(batches, batches + Math.Max(Lasting * besides, shown), batches + besides);
    }

    /// <summary>The account in words.</summary>
    public string Words() => PrefetchFactor > 0
        ? FormattableString.Invariant($"by the loader's account each worker loads {PrefetchFactor:0} batches of {Quantity.Bytes(BatchBytes)} ahead and holds {Quantity.Bytes(WorkerBytes)} besides")
        : $"by the loader's account a worker holds {Quantity.Bytes(WorkerBytes)} and no batches of its own";

    private double Ahead(int numWorkers) => Math.Min(numWorkers * PrefetchFactor, EpochBatches);

    private static double Median(IEnumerable<TrialResult> trials, string key, double otherwise) =>
        trials.Select(trial => trial.Metric(key)).OfType<double>().Where(value => value >= 0).ToArray() is { Length: > 0 } values ? RobustLocation.Median(values) : otherwise;
}
