using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Experiments.Bench.Loader;

/// <summary>
/// The ceiling: threads that copy samples' bytes into batches' memory and do nothing else. The memory is warm and its addresses are those of
/// random samples, as a loader's are; the faster of ordinary and streaming stores counts.
/// </summary>
internal static unsafe class CopyPeer
{
    public static PeerResult Run(PeerRun run)
    {
        var threads = Math.Max(1, run.Workers);
        const long SampleBytes = (BenchData.VideoFrames * BenchData.VideoFeatures * 4L) + (BenchData.AudioFrames * BenchData.AudioFeatures * 4L);
        var source = (byte*)NativeMemory.AlignedAlloc((nuint)(SampleBytes * BenchData.PaddedSamples), 4096);
        var target = (byte*)NativeMemory.AlignedAlloc((nuint)(SampleBytes * run.BatchSize), 4096);
        NativeMemory.Fill(source, (nuint)(SampleBytes * BenchData.PaddedSamples), 1);
        NativeMemory.Fill(target, (nuint)(SampleBytes * run.BatchSize), 2);
        var order = Enumerable.Range(0, run.Samples).Select(i => i % BenchData.PaddedSamples).ToArray();
        new Random(1).Shuffle(order);
        var plain = Time(order, threads, (from, to) => Buffer.MemoryCopy(source + (from * SampleBytes), target + (to % run.BatchSize * SampleBytes), SampleBytes, SampleBytes));
        var streaming = Time(order, threads, (from, to) => Stream(source + (from * SampleBytes), target + (to % run.BatchSize * SampleBytes), SampleBytes));
        NativeMemory.AlignedFree(source);
        NativeMemory.AlignedFree(target);
        var best = Math.Min(plain, streaming);
        return new PeerResult { EpochSeconds = [best, best], FirstBatchMs = 0, Samples = run.Samples, BatchBytes = SampleBytes * run.BatchSize };
    }

    private static double Time(int[] order, int threads, Action<int, int> copy)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var next = -1;
            var start = Stopwatch.GetTimestamp();
            var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
            {
                for (var i = Interlocked.Increment(ref next); i < order.Length; i = Interlocked.Increment(ref next))
                {
                    copy(order[i], i);
                }
            })).ToList();
            workers.ForEach(worker => worker.Start());
            workers.ForEach(worker => worker.Join());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static void Stream(byte* source, byte* target, long bytes)
    {
        const int Page = 4096; // two side by side, as the C library's copies of this size; a sample is 295 such pairs
        for (var end = source + bytes; source < end; source += 2 * Page, target += 2 * Page)
        {
            for (var at = 0; at < Page; at += 128)
            {
                var (a, b) = (Vector512.Load(source + at), Vector512.Load(source + at + 64));
                var (c, d) = (Vector512.Load(source + at + Page), Vector512.Load(source + at + Page + 64));
                a.StoreAlignedNonTemporal(target + at);
                b.StoreAlignedNonTemporal(target + at + 64);
                c.StoreAlignedNonTemporal(target + at + Page);
                d.StoreAlignedNonTemporal(target + at + Page + 64);
            }
        }
    }
}
