namespace Experiments.Data.Scheduling;

/// <summary>Threads that work on one epoch after the other, and sleep between them.</summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private Action<int>? _work;
    private int _generation;
    private int _busy;
    private bool _stopping;

    public WorkerTeam(int size)
    {
        _threads = new Thread[size];
        for (var worker = 0; worker < size; worker++)
        {
            var number = worker;
            _threads[worker] = new Thread(() => Loop(number), 1 << 20) { IsBackground = true, Name = $"loader {worker}" };
            _threads[worker].Start();
        }
    }

    /// <summary>Lets every thread work. The work must not throw.</summary>
    public void Start(Action<int> work)
    {
        lock (_gate)
        {
            _work = work;
            _generation++;
            _busy = _threads.Length;
            Monitor.PulseAll(_gate);
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
            Monitor.PulseAll(_gate);
        }

        if (WaitIdle(TimeSpan.Zero))
        {
            Array.ForEach(_threads, thread => thread.Join());
        }
    }

    private void Loop(int worker)
    {
        for (var seen = 0; ;)
        {
            Action<int> work;
            lock (_gate)
            {
                while (_generation == seen && !_stopping)
                {
                    Monitor.Wait(_gate);
                }

                if (_generation == seen)
                {
                    return;
                }

                seen = _generation;
                work = _work!;
            }

            work(worker);
            lock (_gate)
            {
                if (--_busy == 0)
                {
                    Monitor.PulseAll(_gate); // who waits for that may stand behind the workers
                }
            }
        }
    }
}
