namespace Experiments.Data.Scheduling;

/// <summary>
/// Which workers of a run are awake, and the sleep of the others. Who fell asleep last is woken first: its caches are warm, and as few threads take turns as there is work for.
/// A worker that was never needed is never called. All but <see cref="Sleep"/> and <see cref="IsCalling"/> is under the run's lock.
/// </summary>
internal sealed class WorkerRest(int workers)
{
    private readonly ReadySignal[] _alarms = [.. Enumerable.Range(0, workers).Select(_ => new ReadySignal())];
    private readonly Stack<int> _asleep = new(workers);
    private int _wanted;
    private int _called;

    /// <summary>Workers that look for work or do it, or were called to.</summary>
    public int Awake { get; private set; }

    /// <summary>Whether more could work.</summary>
    public bool HasMore => _asleep.Count > 0 || _wanted < workers;

    /// <summary>Whether one is wanted that was not called yet; to be looked at without the lock.</summary>
    public bool IsCalling => Volatile.Read(ref _called) < Volatile.Read(ref _wanted);

    /// <summary>A worker leaves for good.</summary>
    public void Leave() => Awake--;

    /// <summary>A worker is about to sleep, and may be woken from now on.</summary>
    public void LieDown(int worker)
    {
        Awake--;
        _asleep.Push(worker);
    }

    /// <summary>Sleeps until woken; without the run's lock.</summary>
    public void Sleep(int worker) => _alarms[worker].Wait(Timeout.InfiniteTimeSpan, CancellationToken.None);

    /// <summary>Wakes some, as far as there are any; of those that never worked, <see cref="TryCall"/> gives the numbers.</summary>
    public void Wake(int count)
    {
        for (; count > 0 && HasMore; count--)
        {
            Awake++;
            if (_asleep.TryPop(out var worker))
            {
                _alarms[worker].Set();
            }
            else
            {
                _wanted++;
            }
        }
    }

    /// <summary>A worker that is wanted and was not called yet.</summary>
    public bool TryCall(out int worker)
    {
        worker = _called;
        if (_called == _wanted)
        {
            return false;
        }

        _called++;
        return true;
    }

    /// <summary>Wakes all that sleep.</summary>
    public void WakeAll() => Wake(_asleep.Count);
}
