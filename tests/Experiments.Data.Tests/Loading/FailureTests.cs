using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.Loading;

public sealed class FailureTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_exception_of_the_source_names_sample_and_worker_and_keeps_its_stack(int workers)
    {
        using var loader = BatchLoader.Create(Failing(11), new LoaderOptions { BatchSize = 4, NumWorkers = workers });
        var given = 0;
        var problem = Assert.Throws<LoaderException>(() =>
        {
            foreach (var batch in loader)
            {
                given += batch.Count;
                batch.Dispose();
            }
        });

        Assert.Equal(8, given);
        Assert.Equal(11, problem.SampleIndex);
        Assert.Equal(2, problem.Batch);
        Assert.InRange(problem.Worker, workers == 0 ? -1 : 0, workers - 1);
        Assert.IsType<InvalidDataException>(problem.InnerException);
        Assert.Contains(nameof(Throw), problem.InnerException.StackTrace, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_epoch_can_go_on_behind_a_failed_batch(int workers)
    {
        using var loader = BatchLoader.Create(Failing(11), new LoaderOptions { BatchSize = 4, NumWorkers = workers });
        using var epoch = loader.GetEnumerator();
        var numbers = new List<int>();
        for (var more = true; more;)
        {
            try
            {
                more = epoch.MoveNext();
                if (more)
                {
                    numbers.Add(epoch.Current.Number);
                    epoch.Current.Dispose();
                }
            }
            catch (LoaderException)
            {
                numbers.Add(-1);
            }
        }

        Assert.Equal([0, 1, -1, 3, 4], numbers);
    }

    [Fact]
    public void A_hanging_sample_trips_the_timeout_and_is_named()
    {
        using var hang = new ManualResetEventSlim();
        var source = new RandomSource(20, 1, PaddingMode.Longest) { OnWrite = sample => Wait(sample == 9, hang) };
        using var loader = BatchLoader.Create(source, new LoaderOptions { BatchSize = 4, NumWorkers = 2, Timeout = TimeSpan.FromMilliseconds(200) });
        var problem = Assert.Throws<LoaderTimeoutException>(() => loader.ToList());
        hang.Set();
        Assert.Contains(9, problem.SamplesInWork);
        Assert.Equal(2, problem.Batch);
    }

    [Fact]
    public void A_source_that_leaves_a_field_out_is_found()
    {
        using var loader = BatchLoader.Create(new Careless(writer => writer.Write(0, 1f)), new LoaderOptions());
        Assert.Contains("'second'", Assert.Throws<LoaderException>(() => loader.First()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_writes_a_field_twice_or_of_the_wrong_size_is_found()
    {
        using var twice = BatchLoader.Create(new Careless(Twice), new LoaderOptions());
        Assert.Contains("written twice", Assert.Throws<LoaderException>(() => twice.First()).Message, StringComparison.Ordinal);
        using var wrong = BatchLoader.Create(new Careless(writer => writer.Write<float>(0, [1, 2])), new LoaderOptions());
        Assert.Contains("1 values a sample; 2", Assert.Throws<LoaderException>(() => wrong.First()).Message, StringComparison.Ordinal);

        static void Twice(SampleWriter writer)
        {
            writer.Write(0, 1f);
            writer.Write(0, 1f);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Cancellation_ends_the_wait(int workers)
    {
        using var cancel = new CancellationTokenSource();
        using var loader = BatchLoader.Create(new RandomSource(100, 1, PaddingMode.Longest), new LoaderOptions { BatchSize = 4, NumWorkers = workers });
        var given = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var batch in loader.ReadAll(cancel.Token))
            {
                batch.Dispose();
                if (++given == 3)
                {
                    cancel.Cancel();
                }
            }
        });
        Assert.Equal(3, given);
        Assert.Equal(100, loader.Sum(Dispose));
    }

    [Fact]
    public void Contradicting_options_are_refused()
    {
        var source = new RandomSource(4, 1, PaddingMode.Longest);
        Assert.Throws<ArgumentException>(() => BatchLoader.Create(source, new LoaderOptions { Shuffle = true, Sampler = new Experiments.Data.Sampling.SequentialSampler() }));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchLoader.Create(source, new LoaderOptions { BatchSize = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => BatchLoader.Create(source, new LoaderOptions { NumWorkers = -1 }));
        using var loader = BatchLoader.Create(source, new LoaderOptions());
        using var open = loader.GetEnumerator();
        Assert.Throws<InvalidOperationException>(() => loader.GetEnumerator());
        Assert.Throws<ArgumentException>(() => BatchLoader.Create(source, new LoaderOptions()).Resume(new LoaderState { Epoch = 0, BatchesGiven = 0, Seed = 9, BatchSize = 1 }));
    }

    private static int Dispose(Batch batch)
    {
        batch.Dispose();
        return batch.Count;
    }

    private static RandomSource Failing(int bad) => new(20, 1, PaddingMode.Longest) { OnWrite = sample => Throw(sample == bad) };

    private static void Throw(bool now)
    {
        if (now)
        {
            throw new InvalidDataException("damaged");
        }
    }

    private static void Wait(bool now, ManualResetEventSlim until)
    {
        if (now)
        {
            until.Wait(TimeSpan.FromSeconds(30));
        }
    }
}
