using Experiments.Data.Collation;
using Experiments.Data.Pooling;

namespace Experiments.Data.Scheduling;

/// <summary>A batch while it is made: rows are claimed in slices, by any number of threads.</summary>
internal sealed class BatchJob
{
    public required BatchLayout Layout { get; init; }

    public required PooledBuffer Buffer { get; init; }

    public required ulong Seed { get; init; }

    public required int Epoch { get; init; }

    /// <summary>Number of the batch in the epoch.</summary>
    public required int Number { get; init; }

    /// <summary>Position of the first row in the epoch's order.</summary>
    public required int Start { get; init; }

    public required ArraySegment<int> Samples { get; init; }

    public required CancellationToken Cancellation { get; init; }

    public int Rows => Samples.Count;

    /// <summary>Whether rows are written past the caches.</summary>
    public bool Streaming { get; set; }

    /// <summary>Bytes of the batch's tensors.</summary>
    public long Bytes { get; set; }

    /// <summary>Rows a claim takes; 0 until the batch's shape is known.</summary>
    public int SliceRows { get; set; }

    /// <summary>Whether it matters if a thread waits while it writes a slice.</summary>
    public bool AsksForWaits { get; set; }

    public int NextRow { get; set; }

    public int RowsDone { get; set; }

    /// <summary>Threads that write to the batch at this moment.</summary>
    public int Writers { get; set; }

    public LoaderException? Error { get; set; }

    public long AssemblyTicks { get; set; }

    public bool Claimable => SliceRows > 0 && NextRow < Rows && Error is null;

    public bool Complete => Writers == 0 && (RowsDone == Rows || Error is not null);
}
