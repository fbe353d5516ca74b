using System.Diagnostics.CodeAnalysis;

namespace Experiments.Data.Scheduling;

/// <summary>The batches that are made ahead, in order, the oldest first. Under the run's lock.</summary>
internal sealed class BatchQueue
{
    private readonly Queue<BatchJob> _jobs = new();

    public int Count => _jobs.Count;

    /// <summary>Whether no batch that is open has rows that could still be claimed, now or when its shape is known.</summary>
    public bool IsGivenOut => _jobs.All(job => job.SliceRows > 0 || job.Error is not null);

    public void Enqueue(BatchJob job) => _jobs.Enqueue(job);

    public bool TryDequeue([NotNullWhen(true)] out BatchJob? job) => _jobs.TryDequeue(out job);

    /// <summary>Takes the oldest batch, where it is complete.</summary>
    public bool TryDequeueComplete([NotNullWhen(true)] out BatchJob? job)
    {
        if (_jobs.TryPeek(out job) && job.Complete)
        {
            _jobs.Dequeue();
            return true;
        }

        return false;
    }

    public bool IsFirst(BatchJob job) => _jobs.TryPeek(out var first) && ReferenceEquals(first, job);

    /// <summary>Batches that are complete.</summary>
    public int Complete()
    {
        var complete = 0;
        foreach (var job in _jobs)
        {
            complete += job.Complete ? 1 : 0;
        }

        return complete;
    }

    /// <summary>Slices that nobody has claimed yet.</summary>
    public int OpenSlices()
    {
        var slices = 0;
        foreach (var job in _jobs)
        {
            slices += job.Claimable ? (job.Rows - job.NextRow + job.SliceRows - 1) / job.SliceRows : 0;
        }

        return slices;
    }

    /// <summary>Claims the next slice of the oldest batch that has one.</summary>
    public bool TryClaim([NotNullWhen(true)] out BatchJob? job, out int from, out int to)
    {
        foreach (var open in _jobs)
        {
            if (open.Claimable)
            {
                job = open;
                from = open.NextRow;
                to = open.NextRow = Math.Min(from + open.SliceRows, open.Rows);
                open.Writers++;
                return true;
            }
        }

        (job, from, to) = (null, 0, 0);
        return false;
    }
}
