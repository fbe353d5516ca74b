using System.Collections.Concurrent;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Outbox;

/// <summary>
/// Logs to one experiment without ever waiting for the store, and without losing anything: what is handed in is gathered for a moment, written to
/// a folder, and sent from there in order, again and again until the store has taken it, by this process or by the next one that opens the folder.
/// Runs are named by keys of the caller's own, for their ids are known only once the store has answered. Safe for use by many threads.
/// </summary>
/// <remarks>No method throws because of the store; what it refuses for good is warned of and put aside in <c>rejected.jsonl</c>.</remarks>
public sealed class MlflowOutbox : IAsyncDisposable
{
    private readonly MlflowOutboxOptions _options;
    private readonly PendingOperations _pending;
    private readonly BatchPolicy _policy;
    private readonly Spool _spool;
    private readonly Delivery _delivery;
    private readonly Sender _sender;
    private readonly SemaphoreSlim _handedIn = new(0, 1);
    private readonly SemaphoreSlim _written = new(0, 1);
    private readonly CancellationTokenSource _stopGathering = new();
    private readonly CancellationTokenSource _stopSending = new();
    private readonly ConcurrentDictionary<string, bool> _keys = new(StringComparer.Ordinal);
    private readonly Task _gathering;
    private readonly Task _sending;
    private long _handedInCount;
    private long _writtenCount;
    private long _doneCount = -1;
    private volatile bool _gatherNow;
    private volatile bool _sendNow;
    private int _isDisposed;

    /// <summary>Opens an outbox and begins to send what an earlier one left in its folder.</summary>
    /// <param name="store">The store. The outbox does not dispose it.</param>
    /// <param name="options">How to gather, keep and send.</param>
    /// <exception cref="IOException">The folder cannot be used, or another outbox uses it.</exception>
    public MlflowOutbox(IMlflowStore store, MlflowOutboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _policy = new BatchPolicy(options.BatchPoints, options.BatchAge);
        _pending = new PendingOperations(options.BatchPoints, options.MaxPointsInMemory, options.TimeProvider);
        _spool = new Spool(options.Folder);
        _delivery = new Delivery(store, options.Experiment);
        _sender = new Sender(_spool, _delivery, options);
        _gathering = Task.Run(GatherAsync);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>The experiment's id; null until the store has answered.</summary>
    public string? ExperimentId => _delivery.ExperimentId;

    /// <summary>What was done and what is still to do.</summary>
    public OutboxStatus Status => new()
    {
        DeliveredOperations = _sender.DeliveredOperations,
        DeliveredPoints = _sender.DeliveredPoints,
        RejectedOperations = _sender.RejectedOperations,
        FirstRejection = _sender.FirstRejection,
        BarredBy = _sender.BarredBy,
        DroppedPoints = _pending.DroppedPoints,
        IsPending = Interlocked.Read(ref _doneCount) != Interlocked.Read(ref _handedInCount),
        LastError = _sender.LastError,
    };

    /// <summary>The id of a run; null until the store has answered.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <returns>The id, or null.</returns>
    public string? FindRunId(string runKey) => _delivery.FindRunId(runKey);

    /// <summary>Starts a run. The first thing that is done with it.</summary>
    /// <param name="run">The run.</param>
    /// <exception cref="ArgumentException">The key is empty or holds a quote.</exception>
    public void StartRun(OutboxRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Key.Length == 0 || run.Key.Contains('\'', StringComparison.Ordinal))
        {
            throw new ArgumentException($"a run's key cannot be empty or hold a quote: '{run.Key}'", nameof(run));
        }

        // The time is that of the call, however late it is sent.
        var started = run with { StartTimeMs = run.StartTimeMs ?? Now() };
        Add(new Operation { Kind = OperationKind.StartRun, RunKey = run.Key, Run = started });
    }

    /// <summary>Logs metric points, params and tags. Points with a bad key are left out with a warning.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <param name="batch">What to log; its lists are copied.</param>
    public void Log(string runKey, RunBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var good = batch with { Metrics = WithGoodKeys(batch.Metrics) };
        var points = _pending.Log(runKey, good);
        Interlocked.Increment(ref _handedInCount);
        if (points < 0)
        {
            _options.OnWarning?.Invoke(new MlflowWarning($"{good.Metrics.Count} metric points of {runKey} are dropped: memory and disk are full"));
        }
        else if (points >= _options.BatchPoints || points <= batch.Metrics.Count)
        {
            Signal(_handedIn);
        }
    }

    /// <summary>Logs one metric point.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <param name="point">The point.</param>
    public void Log(string runKey, MetricPoint point) => Log(runKey, new RunBatch { Metrics = [point] });

    /// <summary>Logs the params that the run has not got by then; those that somebody else has logged stay as they are.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <param name="values">The params.</param>
    public void LogMissingParams(string runKey, IReadOnlyList<Param> values) =>
        Add(new Operation { Kind = OperationKind.LogMissingParams, RunKey = runKey, Params = [.. values] });

    /// <summary>Says which datasets a run read.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <param name="inputs">The datasets.</param>
    public void LogInputs(string runKey, IReadOnlyList<DatasetInput> inputs) =>
        Add(new Operation { Kind = OperationKind.LogInputs, RunKey = runKey, Inputs = inputs });

    /// <summary>Ends a run.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="endTime">When it ended; null means now.</param>
    public void EndRun(string runKey, RunStatus status = RunStatus.Finished, DateTimeOffset? endTime = null) => Add(new Operation
    {
        Kind = OperationKind.EndRun,
        RunKey = runKey,
        Status = status,
        EndTimeMs = endTime?.ToUnixTimeMilliseconds() ?? Now(),
    });

    /// <summary>Says that a run that has ended goes on, such as that of an interrupted job which is continued.</summary>
    /// <param name="runKey">The run's key.</param>
    public void ReopenRun(string runKey) => Add(new Operation { Kind = OperationKind.EndRun, RunKey = runKey, Status = RunStatus.Running });

    /// <summary>Uploads a file as an artifact. It is read when it is sent: it must stay until then.</summary>
    /// <param name="runKey">The run's key.</param>
    /// <param name="file">The local file.</param>
    /// <param name="path">The artifact's path; null: the file's name.</param>
    public void Upload(string runKey, string file, string? path = null) => Add(new Operation
    {
        Kind = OperationKind.Upload,
        RunKey = runKey,
        File = Path.GetFullPath(file),
        Path = path ?? Path.GetFileName(file),
    });

    /// <summary>Sets a tag of the experiment.</summary>
    /// <param name="tag">The tag.</param>
    public void SetExperimentTag(Tag tag) => Add(new Operation { Kind = OperationKind.SetExperimentTag, Tags = [tag] });

    /// <summary>
    /// Sets the experiment's description, unless a person has written or changed it: theirs stays. What is too long for a store is cut.
    /// <see cref="MlflowTags.ExperimentIdMark"/> in it becomes the experiment's id, as in notes of runs.
    /// </summary>
    /// <param name="markdown">The description.</param>
    public void SetExperimentNote(string markdown) =>
        Add(new Operation { Kind = OperationKind.SetExperimentNote, Tags = [new Tag(MlflowTags.Note, markdown)] });

    /// <summary>Writes all that was handed in so far to the folder: from then on it survives the end of the process, however that comes.</summary>
    /// <param name="timeout">How long to try.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether all was written; false: the disk takes nothing, and it is in memory.</returns>
    public async Task<bool> KeepAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var start = _options.TimeProvider.GetTimestamp();
        var handedIn = Interlocked.Read(ref _handedInCount);
        _gatherNow = true;
        Signal(_handedIn);
        while (Interlocked.Read(ref _writtenCount) < handedIn)
        {
            if (_options.TimeProvider.GetElapsedTime(start) >= timeout)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), _options.TimeProvider, cancellationToken);
        }

        return true;
    }

    /// <summary>Sends all that was handed in so far, without the usual delay.</summary>
    /// <param name="timeout">How long to try.</param>
    /// <param name="cancellationToken">Ends the waiting; the sending goes on.</param>
    /// <returns>Whether all was sent; false: it is on disk and will be tried again.</returns>
    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var start = _options.TimeProvider.GetTimestamp();
        (_gatherNow, _sendNow) = (true, true);
        Signal(_handedIn);
        Signal(_written);
        while (Status.IsPending)
        {
            if (_options.TimeProvider.GetElapsedTime(start) >= timeout)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), _options.TimeProvider, cancellationToken);
        }

        return true;
    }

    /// <summary>Sends what is left, for as long as the options say; the rest stays in the folder.</summary>
    /// <returns>A task.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _stopGathering.CancelAsync();
        await _gathering;
        if (_options.CloseTimeout > TimeSpan.Zero)
        {
            await FlushAsync(_options.CloseTimeout, CancellationToken.None);
        }

        await _stopSending.CancelAsync();
        await _sending;
        _spool.Dispose();
        _stopGathering.Dispose();
        _stopSending.Dispose();
        _handedIn.Dispose();
        _written.Dispose();
    }

    private void Add(Operation operation)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        _pending.Add(operation);
        Interlocked.Increment(ref _handedInCount);
        Signal(_handedIn);
    }

    private async Task GatherAsync()
    {
        while (!_stopGathering.IsCancellationRequested)
        {
            var (operations, points, age) = _pending.Size;
            var wait = _gatherNow ? TimeSpan.Zero : _policy.DueIn(operations, points, age);
            if (wait is { } due && due <= TimeSpan.Zero)
            {
                if (!WritePending())
                {
                    await WaitAsync(_handedIn, _options.BatchAge, _stopGathering.Token);
                }
            }
            else
            {
                await WaitAsync(_handedIn, wait ?? Timeout.InfiniteTimeSpan, _stopGathering.Token);
            }
        }

        WritePending();
    }

    private bool WritePending()
    {
        _gatherNow = false;
        var count = Interlocked.Read(ref _handedInCount);
        var taken = _pending.TakeAll();
        try
        {
            if (taken.Count > 0)
            {
                _spool.Append(taken);
            }

            Interlocked.Exchange(ref _writtenCount, count);
            Signal(_written);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _pending.PutBack(taken);
            _options.OnWarning?.Invoke(new MlflowWarning($"the outbox cannot be written, results stay in memory: {e.Message}"));
            return false;
        }
    }

    private async Task SendAsync()
    {
        while (!_stopSending.IsCancellationRequested)
        {
            TimeSpan? pause;
            var written = Interlocked.Read(ref _writtenCount);
            _sendNow = false; // only here: who gathers waits in the same way, and would take the flush away from who sends
            try
            {
                pause = await _sender.SendAllAsync(_stopSending.Token);
            }
            catch (OperationCanceledException) when (_stopSending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _options.OnWarning?.Invoke(new MlflowWarning($"the outbox cannot be read: {e.Message}"));
                pause = _options.LongestPause;
            }

            if (pause is null)
            {
                Interlocked.Exchange(ref _doneCount, written);
            }

            await WaitAsync(_written, pause ?? Timeout.InfiniteTimeSpan, _stopSending.Token, wakeAnyway: pause is null);
        }
    }

    // While the store is out of reach, new results alone are no reason to try again; a flush is.
    private async Task WaitAsync(SemaphoreSlim signal, TimeSpan time, CancellationToken cancellationToken, bool wakeAnyway = true)
    {
        var start = _options.TimeProvider.GetTimestamp();
        try
        {
            while (true)
            {
                var left = time == Timeout.InfiniteTimeSpan ? time : time - _options.TimeProvider.GetElapsedTime(start);
                if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
                {
                    return;
                }

                using var delay = new CancellationTokenSource(left, _options.TimeProvider);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, delay.Token);
                await signal.WaitAsync(both.Token);
                if (wakeAnyway || _sendNow)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the loop that waits will see that it has to end.
        }
    }

    private IReadOnlyList<MetricPoint> WithGoodKeys(IReadOnlyList<MetricPoint> metrics)
    {
        for (var i = 0; i < metrics.Count; i++)
        {
            if (!IsGood(metrics[i].Key))
            {
                return [.. metrics.Where(point => IsGood(point.Key))];
            }
        }

        return metrics;
    }

    private bool IsGood(string key) => _keys.GetOrAdd(key, candidate =>
    {
        var fault = KeyRules.FindFault(candidate);
        if (fault is not null)
        {
            _options.OnWarning?.Invoke(new MlflowWarning($"metric key '{candidate}' {fault}; its points are left out"));
        }

        return fault is null;
    });

    private long Now() => _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Signal(SemaphoreSlim semaphore)
    {
        try
        {
            if (semaphore.CurrentCount == 0)
            {
                semaphore.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Another one has given the signal.
        }
    }
}
