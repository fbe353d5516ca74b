namespace Experiments.Data.Scheduling;

/// <summary>
/// Which workers of a run are awake, and the sleep of the others. Who fell asleep last is woken first: its caches are warm, and as few threads take turns as there is work for.
/// All but <see cref="Sleep"/> is called under the run's lock.
/// </summary>
internal sealed class WorkerRest(int workers)
{
    private readonly ReadySignal[] _alarms = [.. Enumerable.Range(0, workers).Select(_ => new ReadySignal())];
    private readonly Stack<int> _asleep = new(workers);

    /// <summary>Workers that look for work or do it.</summary>
    public int Awake { get; private set; }

    public int Asleep => _asleep.Count;

    /// <summary>A worker comes.</summary>
    public void Join() => Awake++;

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

    /// <summary>Wakes some, as far as there are any.</summary>
    public void Wake(int count)
    {
        for (; count > 0 && _asleep.TryPop(out var worker); count--)
        {
            Awake++;
            _alarms[worker].Set();
        }
    }

    public void WakeAll() => Wake(_asleep.Count);
}
