using System.Diagnostics;
using System.Runtime.CompilerServices;
using Experiments.Data.Collation;

namespace Experiments.Data.Scheduling;

/// <summary>Works a batch's shape out and writes its rows. Knows nothing of threads.</summary>
internal sealed class BatchFiller(ISampleSource source, BatchLayout layout)
{
    /// <summary>Batches above this are not worth keeping in a cache that the consumer's own work needs as well.</summary>
    private const long StreamingBytes = 8 << 20;

    private readonly bool _needsLengths = layout.Fields.Any(field => field.Role == FieldRole.Data && field.Ragged && field.Padding == PaddingMode.Longest);

    /// <summary>Gives the batch its shape.</summary>
    public void Shape(BatchJob job)
    {
        Span<long> frames = stackalloc long[layout.DataFields];
        for (var field = 0; field < layout.DataFields; field++)
        {
            frames[field] = layout.Fields[field].MaxFrames;
        }

        if (_needsLengths)
        {
            Longest(job, frames);
        }

        job.Buffer.Begin(frames);
        job.Bytes = job.Buffer.Fields.Sum(field => field.RowBytes) * job.Rows;
        job.Streaming = job.Bytes >= StreamingBytes;
        source.ReadAhead(job.Samples);
    }

    /// <summary>Writes rows; gives the time it took.</summary>
    /// <param name="job">The batch.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">Row behind the last.</param>
    /// <param name="current">Set to the sample that is in work.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Fill(BatchJob job, int from, int to, ref int current)
    {
        var start = Stopwatch.GetTimestamp();
        var all = layout.DataFields == 64 ? ulong.MaxValue : (1UL << layout.DataFields) - 1;
        for (var row = from; row < to && !job.Cancellation.IsCancellationRequested; row++)
        {
            ulong written = 0;
            var sample = job.Samples[row];
            Volatile.Write(ref current, sample);
            source.Write(sample, new SampleWriter(job, row, ref written));
            if (written != all)
            {
                var missing = Enumerable.Range(0, layout.DataFields).First(field => (written & (1UL << field)) == 0);
                throw new InvalidOperationException($"The source did not write field '{layout.Fields[missing].Name}'.");
            }
        }

        if (job.Streaming)
        {
            MemoryBlock.Fence();
        }

        return Stopwatch.GetTimestamp() - start;
    }

    private void Longest(BatchJob job, Span<long> frames)
    {
        for (var field = 0; field < layout.DataFields; field++)
        {
            if (!layout.Fields[field].Ragged || layout.Fields[field].Padding != PaddingMode.Longest)
            {
                continue;
            }

            var longest = 1L;
            foreach (var sample in job.Samples)
            {
                longest = Math.Max(longest, source.Length(sample, field));
            }

            frames[field] = Math.Min(longest, layout.Fields[field].MaxFrames);
        }
    }
}
