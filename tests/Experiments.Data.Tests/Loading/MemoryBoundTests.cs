using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.Loading;

[Collection(nameof(LeakTests))]
public sealed class MemoryBoundTests
{
    private const int Samples = 64;
    private const int ProgramBytes = 8 << 20;

    // Batches above 32 MiB: smaller memory is not always given back to the system when it is freed.
    private const int Features = 550_000;
    private static readonly float[] Values = [.. Enumerable.Repeat(1f, Features + Samples)]; // zeros are not written, and take no memory

    [Theory]
    [InlineData(0, 2, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 2, 0)]
    [InlineData(8, 2, 0)]
    [InlineData(2, 5, 0)]
    [InlineData(2, 2, 3)]
    public void Measured_memory_is_what_the_formula_says(int workers, int prefetch, int held)
    {
        Assert.SkipUnless(File.Exists("/proc/self/status"), "the process's anonymous memory is read from /proc");
        var options = new LoaderOptions { BatchSize = 16, NumWorkers = workers, PrefetchFactor = prefetch, HugePages = false };
        TorchSharp.torch.empty(1).Dispose();
        LoaderThreads.ReleaseMemory(); // what earlier tests left must not be given back, and so hide ours, while this one looks
        var before = LoaderThreads.AnonymousBytes();
        using var loader = BatchLoader.Create(new Rows(), options);
        var peak = Read(loader, held) - before;
        var bound = loader.MemoryBound;
        Assert.Equal(16L * Features * 4, bound.BatchBytes);

        // The buffer that was made last may not have been written to when the memory was looked at.
        Assert.InRange(peak, bound.BatchBytes * (loader.Statistics.Buffers - 1) * 0.99, (held == 0 ? bound.ExpectedBytes : bound.MostBytes) + ProgramBytes);
    }

    [Fact]
    public void The_number_of_workers_does_not_multiply_batches()
    {
        var two = MemoryBound.Of(new Rows().Fields, new LoaderOptions { BatchSize = 16, NumWorkers = 2 });
        var sixteen = MemoryBound.Of(new Rows().Fields, new LoaderOptions { BatchSize = 16, NumWorkers = 16 });
        Assert.InRange(sixteen.MostBytes - two.MostBytes, 0, 14 * (4 << 20));
        Assert.Equal(3, two.ExpectedBytes / two.BatchBytes);
    }

    [Theory]
    [InlineData(4096, 0, 0)]
    [InlineData(4096, 1, 16)]
    [InlineData(300_000, 8, 6)]
    [InlineData(1_500_000, 8, 2)]
    public void Small_batches_are_made_further_ahead_within_2_MiB(int bytes, int workers, int ahead)
    {
        var bound = MemoryBound.Of([new FieldSpec { Name = "row", Shape = [bytes / 4] }], new LoaderOptions { BatchSize = 1, NumWorkers = workers });
        Assert.Equal((ahead + 1) * (bytes / 4 * 4), bound.ExpectedBytes - (256 << 10) - (workers * (512 << 10)));
    }

    [Fact]
    public void The_bound_counts_lengths_masks_and_maxima()
    {
        var field = new FieldSpec { Name = "video", Shape = [250, 1024], Ragged = true, Mask = true };
        Assert.Equal(64L * ((250 * 1024 * 4) + 8 + 250), MemoryBound.Of([field], new LoaderOptions { BatchSize = 64 }).BatchBytes);
    }

    private static long Read(BatchLoader<Batch> loader, int hold)
    {
        var peak = 0L;
        var held = new Queue<Batch>();
        for (var epoch = 0; epoch < 3; epoch++)
        {
            foreach (var batch in loader)
            {
                held.Enqueue(batch);
                while (held.Count > hold)
                {
                    held.Dequeue().Dispose();
                }

                peak = Math.Max(peak, LoaderThreads.AnonymousBytes());
            }
        }

        while (held.TryDequeue(out var last))
        {
            last.Dispose();
        }

        return peak;
    }

    private sealed class Rows : ISampleSource
    {
        public int Count => Samples;

        public IReadOnlyList<FieldSpec> Fields { get; } = [new FieldSpec { Name = "row", Shape = [Features] }];

        public int Length(int sample, int field) => 1;

        public void Write(int sample, SampleWriter writer) => writer.Write(0, new ReadOnlySpan<float>(Values, sample, Features));
    }
}
