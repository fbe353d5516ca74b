namespace Experiments.Mlflow.Outbox;

/// <summary>
/// Takes operations from the disk to the store, one after another. What fails for a while is tried again, and the others wait behind it;
/// what is refused for good is put aside.
/// </summary>
internal sealed class Sender(Spool spool, Delivery delivery, MlflowOutboxOptions options)
{
    // A server that fails inside at one operation and answers otherwise will never take it.
    private const int FailuresBeforeProbe = 5;
    private static readonly TimeSpan PositionAge = TimeSpan.FromSeconds(1);
    private readonly Backoff _backoff = new(options.FirstPause, options.LongestPause);
    private long _savedAt;
    private long _deliveredOperations;
    private long _deliveredPoints;
    private long _rejected;
    private int _failures;
    private int _internalErrors;

    public long DeliveredOperations => Interlocked.Read(ref _deliveredOperations);

    public long DeliveredPoints => Interlocked.Read(ref _deliveredPoints);

    public long RejectedOperations => Interlocked.Read(ref _rejected);

    public string? LastError { get; private set; }

    public string? FirstRejection { get; private set; }

    public string? BarredBy { get; private set; }

    /// <summary>Sends what there is.</summary>
    /// <returns>The pause before the next try; null if all is sent.</returns>
    public async Task<TimeSpan?> SendAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = spool.Position;
            var operation = spool.Read(ref at, out var next, out var fault);
            if (operation is null && fault is null)
            {
                spool.Advance(at);
                spool.SavePosition();
                return null;
            }

            if (operation is not null)
            {
                operation = Join(operation, ref next);
                if (await TrySendAsync(operation, cancellationToken) is { } pause)
                {
                    return pause;
                }
            }
            else
            {
                options.OnWarning?.Invoke(new MlflowWarning($"a line of the outbox cannot be read and is skipped: {fault}"));
            }

            Done(next);
        }
    }

    private async Task<TimeSpan?> TrySendAsync(Operation operation, CancellationToken cancellationToken)
    {
        try
        {
            await delivery.CarryOutAsync(operation, cancellationToken);
            Count(operation);
        }
        catch (MlflowException e) when (e.IsTransient)
        {
            // Only failures inside the server count, in a row: those of an outage before say nothing of this operation.
            _failures++;
            _internalErrors = e.ErrorCode == MlflowErrorCode.InternalError ? _internalErrors + 1 : 0;
            if (_internalErrors < FailuresBeforeProbe || !await AnswersAsync(cancellationToken))
            {
                return Pause(e.Message);
            }

            Reject(operation, e);
        }
        catch (MlflowSchemaException e)
        {
            // Nothing is wrong with the operation: another version of this program, or of the database, will take it.
            _failures++;
            return Pause(e.Message);
        }
        catch (MlflowException e) when (
            e.ErrorCode is MlflowErrorCode.InvalidParameterValue or MlflowErrorCode.BadRequest
            && operation.Kind == OperationKind.Log && Split(operation) is { Count: > 1 } parts)
        {
            // One bad part must not take the good ones with it.
            foreach (var part in parts)
            {
                if (await TrySendAsync(part, cancellationToken) is { } pause)
                {
                    return pause;
                }
            }

            return null;
        }
        catch (MlflowException e) when (e.ErrorCode is MlflowErrorCode.Unauthenticated or MlflowErrorCode.PermissionDenied or MlflowErrorCode.ExperimentDeleted)
        {
            // A person can mend it, which takes longer than a pause; what was measured cannot be measured again.
            _failures++;
            BarredBy = e.ErrorCode;
            Pause(e.Message);
            return Timeout.InfiniteTimeSpan;
        }
        catch (IOException e)
        {
            _failures++;
            return Pause(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Reject(operation, e);
        }

        (_failures, _internalErrors) = (0, 0);
        (LastError, BarredBy) = (null, null);
        return null;
    }

    private TimeSpan Pause(string error)
    {
        if (LastError is null)
        {
            options.OnWarning?.Invoke(new MlflowWarning($"MLflow is out of reach, results are kept and sent later: {error}"));
        }

        LastError = error;
#pragma warning disable CA5394 // Jitter is no secret.
        return _backoff.After(Math.Max(1, _failures), Random.Shared.NextDouble());
#pragma warning restore CA5394
    }

    // Small batches of one run that follow each other go as one.
    private Operation Join(Operation first, ref SpoolPosition next)
    {
        while (first.Kind == OperationKind.Log && (first.Metrics?.Count ?? 0) < options.BatchPoints)
        {
            var at = next;
            if (spool.Read(ref at, out var afterwards, out _) is not { Kind: OperationKind.Log } second
                || second.RunKey != first.RunKey
                || (first.Metrics?.Count ?? 0) + (second.Metrics?.Count ?? 0) > options.BatchPoints)
            {
                break;
            }

            first = first with
            {
                Metrics = [.. first.Metrics ?? [], .. second.Metrics ?? []],
                Params = [.. first.Params ?? [], .. second.Params ?? []],
                Tags = [.. first.Tags ?? [], .. second.Tags ?? []],
            };
            next = afterwards;
        }

        return first;
    }

    private static List<Operation> Split(Operation operation)
    {
        var parts = new List<Operation>();
        parts.AddRange((operation.Metrics ?? []).GroupBy(point => point.Key).Select(group => operation with
        {
            Metrics = [.. group],
            Params = null,
            Tags = null,
        }));
        parts.AddRange((operation.Params ?? []).Select(param => operation with { Metrics = null, Params = [param], Tags = null }));
        parts.AddRange((operation.Tags ?? []).Select(tag => operation with { Metrics = null, Params = null, Tags = [tag] }));
        return parts;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await delivery.ProbeAsync(cancellationToken);
            return true;
        }
        catch (MlflowException)
        {
            return false;
        }
    }

    private void Reject(Operation operation, Exception e)
    {
        Interlocked.Increment(ref _rejected);
        FirstRejection ??= $"{operation}{(operation.Path is null ? "" : $", {operation.Path}")}: {e.Message}";
        spool.Reject(new RejectedOperation(e.Message, operation));
        options.OnWarning?.Invoke(new MlflowWarning($"{operation} was refused and is put aside: {e.Message}", delivery.FindRunId(operation.RunKey ?? "")));
    }

    private void Count(Operation operation)
    {
        Interlocked.Increment(ref _deliveredOperations);
        Interlocked.Add(ref _deliveredPoints, operation.Metrics?.Count ?? 0);
    }

    private void Done(SpoolPosition next)
    {
        spool.Advance(next);
        if (options.TimeProvider.GetElapsedTime(_savedAt) > PositionAge)
        {
            spool.SavePosition();
            _savedAt = options.TimeProvider.GetTimestamp();
        }
    }
}
