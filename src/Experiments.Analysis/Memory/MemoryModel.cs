using Experiments.Analysis.Statistics;
using Experiments.Analysis.Text;
using Experiments.Core.Results;

namespace Experiments.Analysis.Memory;

/// <summary>
/// Peak memory over <c>num_workers</c> while all else stays: <c>base + workers × per worker</c>, drawn from the largest count measured, so that
/// what is known best weighs most. What workers add is the slope of the measured peaks, but never less than the loader's own account.
/// </summary>
internal sealed class MemoryModel
{
    private const double Mebibyte = 1024 * 1024;

    private readonly SortedList<int, double[]> peaks;
    private readonly LoaderMemory? loader;
    private readonly WorkerSlope slope;

    private MemoryModel(SortedList<int, double[]> peaks, LoaderMemory? loader, WorkerSlope slope) =>
        (this.peaks, this.loader, this.slope) = (peaks, loader, slope);

    /// <summary>What one more worker adds to the largest count measured.</summary>
    public WorkerSlope PerWorker => Added(Last, Last + 1);

    /// <summary>The peak at the largest count measured, drawn back to no worker.</summary>
    public double BaseBytes => Math.Max(Typical(Last) - (Last * PerWorker.Middle), 0);

    private int Last => peaks.Keys[^1];

    /// <summary>Draws the model; null when too little is known.</summary>
    /// <param name="trials">Trials that differ in <c>num_workers</c> alone.</param>
    public static MemoryModel? Of(IReadOnlyCollection<TrialResult> trials)
    {
        var points = trials.Where(trial => trial.IsMeasured && trial.Configuration.NumWorkers is not null)
            .Select(trial => (Workers: trial.Configuration.NumWorkers!.Value, Bytes: trial.Metric(MetricKeys.MemoryPeakMegabytes) * Mebibyte ?? 0))
            .Where(point => point.Bytes > 0).ToArray();
        var loader = LoaderMemory.Of(trials);
        if ((WorkerSlope.Of(points) ?? (loader is null ? null : WorkerSlope.None)) is not { } slope || points.Length == 0)
            return null;
        var peaks = points.GroupBy(point => point.Workers, point => point.Bytes).ToDictionary(group => group.Key, group => group.ToArray());
        return new MemoryModel(new SortedList<int, double[]>(peaks), loader, slope);
    }

    /// <summary>The peak with this many workers.</summary>
    public MemoryForecast At(int numWorkers)
    {
        var below = peaks.Keys.LastOrDefault(count => count <= numWorkers, peaks.Keys[0]);
        var above = peaks.Keys.FirstOrDefault(count => count >= numWorkers, Last);
        var (low, peak, high) = below < numWorkers && numWorkers < above ? Between(below, above, numWorkers) : From(below, numWorkers);
        return new MemoryForecast
        {
            NumWorkers = numWorkers,
            PeakBytes = Math.Max(peak, 0),
            LowBytes = Math.Max(low, 0),
            HighBytes = Math.Max(high, 0),
            Evidence = Words(),
        };
    }

    /// <summary>The largest count whose peak is at most this; null when not even one without workers is.</summary>
    /// <param name="bytes">The limit.</param>
    /// <param name="most">Where to stop looking.</param>
    public int? Largest(double bytes, int most)
    {
        var fitting = Enumerable.Range(0, most + 1).TakeWhile(count => At(count).PeakBytes <= bytes).Count();
        return fitting == 0 ? null : fitting - 1;
    }

    /// <summary>The largest count whose further batches ahead fit into what was left of /dev/shm at the largest measured; null where that is not known, or workers hand nothing over there.</summary>
    /// <param name="trials">Trials that differ in <c>num_workers</c> alone.</param>
    /// <param name="most">Where to stop looking.</param>
    public int? LargestBySharedMemory(IEnumerable<TrialResult> trials, int most)
    {
        var free = trials.Where(trial => trial.IsMeasured && trial.Configuration.NumWorkers == Last).Select(trial => trial.Metric(MetricKeys.MemorySharedFreeMegabytes) * Mebibyte).Min();
        return free is not { } bytes || loader is not { PrefetchFactor: > 0 } ? null
            : Last + Enumerable.Range(1, Math.Max(most - Last, 0)).TakeWhile(more => loader.Added(Last, Last + more, 0).Low <= bytes).Count();
    }

    /// <summary>The measurements and the slope in words.</summary>
    public string Words()
    {
        var counts = string.Join(", ", peaks.Keys.Select(count => FormattableString.Invariant($"{count}")));
        var figures = string.Join(", ", peaks.Keys.Select(count => Quantity.Bytes(Typical(count))));
        var added = PerWorker;
        var (low, high) = Quantity.Bytes(added.Low, added.High);
        return $"num_workers={counts} took {figures}; a further worker adds {Quantity.Bytes(added.Middle)} ({low} to {high}{(loader is null ? "" : "; " + loader.Words())})";
    }

    private double Typical(int workers) => RobustLocation.Median(peaks[workers]);

    private (double Low, double Peak, double High) From(int measured, int workers)
    {
        var added = Added(measured, workers);
        var values = peaks[measured];
        return (values.Min() * (1 - WorkerSlope.Noise) + added.Low, Typical(measured) + added.Middle, values.Max() * (1 + WorkerSlope.Noise) + added.High);
    }

    private (double Low, double Peak, double High) Between(int below, int above, int workers)
    {
        var part = (double)(workers - below) / (above - below);
        var peak = Typical(below) + (part * (Typical(above) - Typical(below)));
        return (Math.Min(peaks[below].Min(), peak), peak, Math.Max(peaks[above].Max(), peak));
    }

    private WorkerSlope Added(int from, int to)
    {
        var fitted = slope * (to - from);
        if (loader is null)
            return fitted;
        var account = loader.Added(from, to, slope.Middle);
        // Above the account only as far as the measurements leave no doubt.
        return new WorkerSlope(Math.Max(account.Low, fitted.Low), Math.Max(account.Middle, fitted.Low), Math.Max(account.High, fitted.Low));
    }
}
