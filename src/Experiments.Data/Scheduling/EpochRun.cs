using System.Diagnostics.CodeAnalysis;
using Experiments.Data.Collation;
using Experiments.Data.Pooling;

namespace Experiments.Data.Scheduling;

/// <summary>
/// One pass over an epoch: the batches that are made ahead, in order. Workers share each batch slice by slice, so what is in flight is
/// bounded in batches, whatever the number of workers.
/// </summary>
internal sealed class EpochRun : IDisposable
{
    private readonly object _gate = new();
    private readonly BatchQueue _jobs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ReadySignal _ready = new();
    private readonly BatchFiller _filler;
    private readonly BatchLayout _layout;
    private readonly BufferPool _pool;
    private readonly LoaderOptions _options;
    private readonly EpochPlan _plan;
    private readonly WorkerSlot[] _workers;
    private readonly WorkerRest _rest;
    private readonly RowPace _pace;
    private int _started;
    private bool _consumerWaits;
    private bool _stopped;
    private LoaderException? _fault;
    private WorkerTeam? _team;

    public EpochRun(EpochPlan plan, int firstBatch, BatchFiller filler, BatchLayout layout, (BufferPool Pool, LoaderOptions Options, RowPace Pace) setting)
    {
        (_plan, _filler, _layout) = (plan, filler, layout);
        (_pool, _options, _pace) = setting;
        _started = firstBatch;
        _workers = new WorkerSlot[Math.Max(_options.NumWorkers, 1)];
        Array.Fill(_workers, new WorkerSlot { Sample = -1 });
        _rest = new WorkerRest(_workers.Length);
        _pool.Returned = OnReturned;
    }

    public EpochPlan Plan => _plan;

    /// <summary>Batches that can exist at a time, made ahead or held.</summary>
    public int MostBatches => _pool.Capacity;

    /// <summary>Begins, with as many workers as there is work for; more are called when there is more.</summary>
    /// <param name="team">The threads of the workers.</param>
    public void Begin(WorkerTeam team)
    {
        lock (_gate)
        {
            _team = team;
            WakeForWork();
        }

        CallWorkers();
    }

    // What a worker does until no row of the epoch is left, or the run is stopped. Never throws.
    private void Work(int worker)
    {
        try
        {
            while (Claim(worker, out var job, out var from, out var to))
            {
                Execute(job, from, to, worker);
            }
        }
        catch (Exception problem)
        {
            Fail(problem, worker);
        }
    }

    /// <summary>Makes the next batch on the calling thread; null where every buffer is held.</summary>
    public BatchJob? MakeNext()
    {
        // Said before the pool is asked: a buffer that comes back in between must not go unheard, for nobody would signal again.
        SetConsumerWaits(true);
        if (Start() is not { } job)
        {
            return null;
        }

        SetConsumerWaits(false);
        Execute(job, 0, 0, -1);
        if (job.Error is null)
        {
            job.Writers++;
            Execute(job, 0, job.Rows, -1);
        }

        return job;
    }

    /// <summary>The next batch where it is complete, and how many are; null where it is not, in which case the next completion is signalled.</summary>
    public BatchJob? TryTake(out int depth)
    {
        BatchJob? job;
        lock (_gate)
        {
            depth = _jobs.Complete();
            _consumerWaits = !_jobs.TryDequeueComplete(out job);
            if (_consumerWaits)
            {
                return _fault is null ? null : throw _fault;
            }

            WakeForWork();
        }

        CallWorkers();
        return job;
    }

    /// <summary>Whether nothing is being made because the consumer holds every buffer.</summary>
    public bool IsStarved()
    {
        lock (_gate)
        {
            return _jobs.Count == 0 && _pool.IsExhausted;
        }
    }

    /// <summary>Signalled when the next batch is complete, after <see cref="TryTake"/> found that it was not.</summary>
    public ReadySignal Ready => _ready;

    public IReadOnlyList<int> SamplesInWork() => [.. _workers.Select(slot => Volatile.Read(ref slot.Sample)).Where(sample => sample >= 0)];

    /// <summary>Tells every worker to leave. What they are writing is theirs until they have left.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _rest.WakeAll();
        }

        _stop.Cancel();
    }

    /// <summary>Gives back the buffers of batches that nobody took; called when the workers have left, or were given up.</summary>
    public void Dispose()
    {
        var hanging = false;
        lock (_gate)
        {
            _pool.Returned = null;
            _consumerWaits = false;
            while (_jobs.TryDequeue(out var job))
            {
                if (job.Writers == 0)
                {
                    _pool.Return(job.Buffer, job.Rows);
                }
                else
                {
                    hanging = true;
                    _pool.Abandon();
                }
            }
        }

        if (!hanging)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Rows for this worker, as soon as there are some; false when it has to leave.</summary>
    private bool Claim(int worker, [NotNullWhen(true)] out BatchJob? job, out int from, out int to)
    {
        while (true)
        {
            lock (_gate)
            {
                (job, from, to) = (null, 0, 0);
                if (!_stopped && !IsCrowded && TryClaim(out job, out from, out to))
                {
                    return true;
                }

                if (_stopped || _started == _plan.BatchCount && _jobs.IsGivenOut)
                {
                    _rest.Leave();
                    return false;
                }

                _rest.LieDown(worker);
            }

            _rest.Sleep(worker);
        }
    }

    private bool TryClaim([NotNullWhen(true)] out BatchJob? job, out int from, out int to)
    {
        if (_jobs.TryClaim(out job, out from, out to))
        {
            return true;
        }

        job = CanStart ? Start() : null;
        if (job is not null)
        {
            _jobs.Enqueue(job);
        }

        return job is not null;
    }

    // The job starts with one writer, who works its shape out.
    private BatchJob? Start()
    {
        var buffer = _pool.TryRent();
        return buffer is null ? null : new BatchJob
        {
            Layout = _layout,
            Buffer = buffer,
            Seed = _options.Seed,
            Epoch = _plan.Epoch,
            Number = _started,
            Start = _started * _options.BatchSize,
            Samples = _plan.Samples(_started++),
            Cancellation = _stop.Token,
            Writers = 1,
        };
    }

    private void Execute(BatchJob job, int from, int to, int worker)
    {
        ref var current = ref _workers[Math.Max(worker, 0)].Sample;
        long ticks = 0;
        bool? waited = null;
        LoaderException? error = null;
        try
        {
            if (from == to)
            {
                _filler.Shape(job);
            }
            else
            {
                var waits = job.AsksForWaits ? ThreadWaits.Count() : null;
                ticks = _filler.Fill(job, from, to, ref current);
                waited = waits is null ? null : waits != ThreadWaits.Count();
            }
        }
        catch (Exception problem)
        {
            error = new LoaderException(current, worker, job.Number, problem);
        }

        Volatile.Write(ref current, -1);
        lock (_gate)
        {
            Finish(job, to - from, (ticks, waited), error);
        }

        CallWorkers();
    }

    private void Finish(BatchJob job, int rows, (long Ticks, bool? Waited) taken, LoaderException? error)
    {
        job.Writers--;
        job.Error ??= error;
        job.RowsDone += rows;
        job.AssemblyTicks += taken.Ticks;
        if (job.Complete && job.Error is null)
        {
            StartCopy(job);
        }

        if (rows > 0)
        {
            _pace.Add(rows, taken.Ticks, taken.Waited);
        }
        else
        {
            (job.SliceRows, job.AsksForWaits) = (_pace.SliceRows(job.Rows, _workers.Length), _pace.AsksForWaits);
            if (_started == _plan.BatchCount)
            {
                _rest.WakeAll(); // to finish, and to leave
            }

            WakeForWork();
        }

        if (job.Complete && _jobs.IsFirst(job))
        {
            SignalConsumer();
        }
    }

    private bool CanStart => _started < _plan.BatchCount && _jobs.Count < _pool.Ahead;

    /// <summary>Whether this worker had better sleep: others are awake for all that there is to do. At the end of the epoch all wake up, to leave.</summary>
    private bool IsCrowded => _pace.RowsKeepCores && _rest.Awake > Environment.ProcessorCount && _started < _plan.BatchCount;

    /// <summary>Wakes workers for the work that there is.</summary>
    private void WakeForWork()
    {
        if (_team is null || !_rest.HasMore)
        {
            return;
        }

        var work = CanStart && !_pool.IsExhausted ? Math.Min(_plan.BatchCount - _started, _pool.Ahead - _jobs.Count) : 0;
        work += _jobs.OpenSlices();
        if (_pace.RowsKeepCores)
        {
            work = Math.Min(work, Environment.ProcessorCount) - _rest.Awake;
        }

        _rest.Wake(work);
    }

    // Without the lock: to make a thread takes as long as many a slice.
    private void CallWorkers()
    {
        while (NextToCall() is { } worker)
        {
            _team!.Start(worker, Work);
        }
    }

    private int? NextToCall()
    {
        if (!_rest.IsCalling)
        {
            return null;
        }

        lock (_gate)
        {
            return !_stopped && _rest.TryCall(out var worker) ? worker : null;
        }
    }

    // Ahead of the consumer, so that the copy runs beside its computation.
    private static void StartCopy(BatchJob job)
    {
        try
        {
            job.Buffer.Device?.Start(job.Rows);
        }
        catch (InvalidOperationException problem)
        {
            job.Error = new LoaderException(-1, -1, job.Number, problem);
        }
    }

    // No buffer could be made: the run ends with the batches that there are.
    private void Fail(Exception problem, int worker)
    {
        lock (_gate)
        {
            _fault ??= new LoaderException(-1, worker, _started, problem);
            _stopped = true;
            SignalConsumer();
            _rest.WakeAll();
        }
    }

    private void OnReturned()
    {
        lock (_gate)
        {
            WakeForWork();
            if (_options.NumWorkers == 0)
            {
                SignalConsumer();
            }
        }

        CallWorkers();
    }

    private void SetConsumerWaits(bool waits)
    {
        lock (_gate)
        {
            _consumerWaits = waits;
        }
    }

    private void SignalConsumer()
    {
        if (_consumerWaits)
        {
            _consumerWaits = false;
            _ready.Set();
        }
    }
}
