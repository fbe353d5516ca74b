using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http.Wire;

namespace Experiments.Mlflow.Outbox;

/// <summary>
/// What was handed in and is not on disk yet. What is logged to one run grows together until it is full or something else is done with that run.
/// Handing in never waits for more than another one's handing in.
/// </summary>
internal sealed class PendingOperations(int batchPoints, int maxPoints, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Operation> _open = new(StringComparer.Ordinal);
    private List<Operation> _operations = [];
    private int _points;
    private long _since;

    public long DroppedPoints { get; private set; }

    public (int Operations, int Points, TimeSpan Age) Size
    {
        get
        {
            lock (_lock)
            {
                return (_operations.Count, _points, _operations.Count == 0 ? TimeSpan.Zero : time.GetElapsedTime(_since));
            }
        }
    }

    public void Add(Operation operation)
    {
        lock (_lock)
        {
            Append(operation);
            if (operation.RunKey is not null)
            {
                _open.Remove(operation.RunKey);
            }
        }
    }

    /// <returns>How many points are gathered now; negative if some were dropped.</returns>
    public int Log(string runKey, RunBatch batch)
    {
        lock (_lock)
        {
            if (_points + batch.Metrics.Count > maxPoints)
            {
                DroppedPoints += batch.Metrics.Count;
                return -1;
            }

            if (!_open.TryGetValue(runKey, out var open) || open.Metrics!.Count + batch.Metrics.Count > batchPoints)
            {
                open = new Operation { Kind = OperationKind.Log, RunKey = runKey, Metrics = [], Params = [], Tags = [] };
                Append(open);
                _open[runKey] = open;
            }

            for (var i = 0; i < batch.Metrics.Count; i++)
            {
                var point = batch.Metrics[i];
                open.Metrics!.Add(new MetricMessage(point.Key, point.Value, point.TimestampMs, point.Step));
            }

            open.Params!.AddRange(batch.Params);
            open.Tags!.AddRange(batch.Tags);
            _points += batch.Metrics.Count;
            return _points;
        }
    }

    public List<Operation> TakeAll()
    {
        lock (_lock)
        {
            var taken = _operations;
            _operations = [];
            _open.Clear();
            _points = 0;
            return taken;
        }
    }

    /// <summary>Takes back what could not be written, before all that came since.</summary>
    public void PutBack(List<Operation> operations)
    {
        lock (_lock)
        {
            _operations.InsertRange(0, operations);
            _points += operations.Sum(operation => operation.Metrics?.Count ?? 0);
        }
    }

    private void Append(Operation operation)
    {
        if (_operations.Count == 0)
        {
            _since = time.GetTimestamp();
        }

        _operations.Add(operation);
    }
}
