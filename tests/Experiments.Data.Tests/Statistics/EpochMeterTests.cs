using CsCheck;
using Experiments.Data.Statistics;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Data.Tests.Statistics;

public sealed class EpochMeterTests
{
    [Fact]
    public void Quantiles_are_right_to_a_sixteenth() => Gen.Long[0, 1_000_000_000_000].Array[1, 200].Sample(
        ticks =>
        {
            var histogram = new DurationHistogram();
            Array.ForEach(ticks, histogram.Add);
            var sorted = ticks.Order().ToArray();
            foreach (var quantile in (double[])[0.5, 0.95, 1])
            {
                var exact = sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];
                Assert.InRange(histogram.Quantile(quantile), exact, exact + (exact / 16) + 1);
            }
        },
        iter: 2000,
        threads: 1);

    [Fact]
    public void Nothing_counted_is_zero() => Assert.Equal(0, new DurationHistogram().Quantile(0.5));

    [Fact]
    public void A_consumer_that_waits_is_loader_bound_by_what_it_waited()
    {
        // 10 batches: 40 ms waited and 10 ms computed for each.
        var statistics = Run(batches: 10, wait: 40, compute: 10, assembly: 40, workers: 1);
        Assert.Equal(LoaderVerdict.LoaderBound, statistics.Verdict);
        Assert.Equal(400, statistics.HeadroomPercent, 1e-6);
        Assert.Equal(0.816, statistics.WaitFraction, 1e-3);
        Assert.Equal(TimeSpan.FromMilliseconds(40), statistics.TimeToFirstBatch);
        Assert.Equal(40, statistics.WaitMedian.TotalMilliseconds, 40 / 16.0);
    }

    [Fact]
    public void A_consumer_that_computes_has_the_headroom_that_its_workers_leave()
    {
        // 50 ms computed for each batch, which takes two workers 40 ms together, 20 ms at best: 150 % of headroom with 2 cores.
        var statistics = Run(batches: 10, wait: 0, compute: 50, assembly: 40, workers: 2);
        Assert.Equal(LoaderVerdict.ComputeBound, statistics.Verdict);
        Assert.Equal(Environment.ProcessorCount == 1 ? 25 : 150, statistics.HeadroomPercent, 1e-6);
        Assert.Equal(10, statistics.Batches);
        Assert.Equal(40, statistics.Samples);
        Assert.Equal(10_000, statistics.Bytes);
        Assert.Equal(2, statistics.QueueDepth);
    }

    [Fact]
    public void Few_batches_give_no_verdict() => Assert.Equal(LoaderVerdict.Unknown, Run(batches: 2, wait: 40, compute: 1, assembly: 40, workers: 1).Verdict);

    [Fact]
    public void A_loader_measures_by_itself_and_says_that_pinning_has_no_effect_here()
    {
        var source = new Support.RandomSource(120, 1, PaddingMode.Maximum);
        using var loader = BatchLoader.Create(source, new LoaderOptions { BatchSize = 4, PinMemory = true });
        foreach (var batch in loader)
        {
            Assert.True(batch.Statistics.Wait >= batch.Statistics.Assembly);
            Assert.Equal(4 * ((6 * 3 * 4) + 8 + 8 + 8 + 6), batch.Statistics.Bytes);
            batch.Dispose();
        }

        Assert.Equal(30, loader.Statistics.Batches);
        Assert.True(loader.Statistics.Elapsed >= loader.Statistics.Wait);
        Assert.Equal(TorchSharp.torch.cuda.is_available(), loader.Statistics.PinMemoryEffective);
    }

    private static EpochStatistics Run(int batches, int wait, int compute, int assembly, int workers)
    {
        var time = new FakeTimeProvider();
        var meter = new EpochMeter(0, workers, time);
        for (var i = 0; i < batches; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(wait));
            var batch = new BatchStatistics
            {
                Wait = TimeSpan.FromMilliseconds(wait), Assembly = TimeSpan.FromMilliseconds(assembly), Copy = TimeSpan.Zero, QueueDepth = 2, Bytes = 1000,
            };
            meter.Add(batch, samples: 4);
            time.Advance(TimeSpan.FromMilliseconds(compute));
        }

        return meter.Snapshot(pinned: false, buffers: 3, leaked: 0, rewritten: 0);
    }
}
