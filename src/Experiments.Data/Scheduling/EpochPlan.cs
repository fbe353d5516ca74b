namespace Experiments.Data.Scheduling;

/// <summary>Which samples an epoch has, in which order, cut into batches.</summary>
internal sealed class EpochPlan(int[] order, int epoch, LoaderOptions options)
{
    public int Epoch => epoch;

    public int BatchCount { get; } = BatchesOf(order.Length, options);

    public ArraySegment<int> Samples(int batch)
    {
        var start = batch * options.BatchSize;
        return new ArraySegment<int>(order, start, Math.Min(options.BatchSize, order.Length - start));
    }

    public static int BatchesOf(int samples, LoaderOptions options) =>
        options.DropLast ? samples / options.BatchSize : (int)(((long)samples + options.BatchSize - 1) / options.BatchSize);
}
