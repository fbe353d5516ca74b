using System.Collections.Concurrent;
using System.Diagnostics;

namespace Experiments.Data.Tests.Loading;

/// <summary>How many workers are at work where there are more than cores.</summary>
public sealed class CrowdingTests
{
    private static readonly int Workers = 4 * Environment.ProcessorCount;

    [Fact]
    public void Rows_that_keep_a_core_busy_get_as_many_workers_as_there_are_cores()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells whether a thread waited");
        Assert.InRange(UsuallyAtOnce(Compute), 1, Environment.ProcessorCount);
    }

    [Fact]
    public void Rows_that_wait_get_all_workers() => Assert.InRange(UsuallyAtOnce(() => Thread.Sleep(2)), Environment.ProcessorCount + 1, Workers);

    [Fact]
    public void Rows_of_which_a_few_wait_for_most_of_the_time_get_all_workers()
    {
        var rows = 0;
        Assert.InRange(UsuallyAtOnce(() =>
        {
            Compute();
            if (Interlocked.Increment(ref rows) % 16 == 0)
            {
                Thread.Sleep(20);
            }
        }), Environment.ProcessorCount + 1, Workers);
    }

    // Longer than the rows that are short anyway.
    private static void Compute()
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromMilliseconds(0.5))
        {
            Thread.SpinWait(10);
        }
    }

    // The median over the rows of the second epoch, when it is known what they take, before its end, for which all wake up. Other tests beside this one make a row wait now and then.
    private static int UsuallyAtOnce(Action row)
    {
        var source = new Counting(row);
        using var loader = BatchLoader.Create(source, new LoaderOptions { BatchSize = 16, NumWorkers = Workers });
        foreach (var batch in loader)
        {
            batch.Dispose();
        }

        source.AtOnce.Clear();
        foreach (var batch in loader.Take(loader.BatchCount / 2))
        {
            batch.Dispose();
        }

        return source.AtOnce.Order().ElementAt(source.AtOnce.Count / 2);
    }

    private sealed class Counting(Action row) : ISampleSource
    {
        private int _now;

        public ConcurrentBag<int> AtOnce { get; } = [];

        public int Count => 16 * 100;

        public IReadOnlyList<FieldSpec> Fields { get; } = [new FieldSpec { Name = "value", Shape = [1] }];

        public int Length(int sample, int field) => 1;

        public void Write(int sample, SampleWriter writer)
        {
            AtOnce.Add(Interlocked.Increment(ref _now));
            row();
            writer.Destination<float>(0, 1)[0] = sample;
            Interlocked.Decrement(ref _now);
        }
    }
}
