namespace Experiments.Data.Scheduling;

/// <summary>Threads that work on one epoch after the other, and sleep between them. Each is made when it is first called.</summary>
internal sealed class WorkerTeam(int size) : IDisposable
{
    private readonly object _gate = new();
    private readonly Thread?[] _threads = new Thread?[size];
    private readonly Action<int>?[] _work = new Action<int>?[size];
    private readonly ReadySignal[] _alarms = [.. Enumerable.Range(0, size).Select(_ => new ReadySignal())];
    private int _busy;
    private bool _stopping;

    /// <summary>Lets a thread that is idle work. The work must not throw.</summary>
    public void Start(int worker, Action<int> work)
    {
        Thread? made = null;
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _busy++;
            _work[worker] = work;
            if (_threads[worker] is null)
            {
                made = _threads[worker] = new Thread(() => Loop(worker), 1 << 20) { IsBackground = true, Name = $"loader {worker}" };
            }
        }

        _alarms[worker].Set();
        try
        {
            made?.Start();
        }
        catch
        {
            lock (_gate)
            {
                (_work[worker], _threads[worker]) = (null, null);
                _busy--;
            }

            throw;
        }
    }

    /// <summary>Waits until no thread works; false where one still does.</summary>
    public bool WaitIdle(TimeSpan limit)
    {
        var deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        lock (_gate)
        {
            while (_busy > 0)
            {
                var left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, (int)left))
                {
                    return _busy == 0;
                }
            }

            return true;
        }
    }

    /// <summary>Ends the threads. One that hangs in a source is left behind: it is a background thread and keeps no process alive.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
        }

        Array.ForEach(_alarms, alarm => alarm.Set());
        if (WaitIdle(TimeSpan.Zero))
        {
            Array.ForEach(_threads, thread => thread?.Join());
        }
    }

    private void Loop(int worker)
    {
        while (true)
        {
            _alarms[worker].Wait(Timeout.InfiniteTimeSpan, CancellationToken.None);
            Action<int>? work;
            lock (_gate)
            {
                (work, _work[worker]) = (_work[worker], null);
                if (work is null)
                {
                    return; // called for no work: the team is dissolved
                }
            }

            work(worker);
            lock (_gate)
            {
                if (--_busy == 0)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }
}
