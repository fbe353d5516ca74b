using System.Diagnostics;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Freezing;

/// <summary>Stops all processes of a tree at once, and lets them go on. Disposing lets a stopped tree go on, and stops it no more: it is about to be ended.</summary>
internal sealed class TreeFreezer : IDisposable
{
    private const int LooksToAskAgain = 40;

    /// <summary>A process must get a core to stop, which takes its time on a machine that is busy with others.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PatienceWithSleepers = TimeSpan.FromSeconds(0.5);

    private readonly GroupFreezer? _group;
    private readonly SignalFreezer? _signals;
    private readonly Lock _gate = new();
    private TimeSpan _frozenTime;
    private long? _frozenSince;
    private bool _isOver;

    /// <summary>A freezer of one tree.</summary>
    /// <param name="process">Its main process.</param>
    /// <param name="mark">An environment variable that no other tree has, <c>NAME=value</c>.</param>
    /// <param name="group">Its control group, or null.</param>
    internal TreeFreezer(IRunningProcess process, string mark, IControlGroup? group)
    {
        _group = group?.Freezer;
        _signals = _group is null && OperatingSystem.IsLinux() ? new SignalFreezer(new TreeMembers(process.Id, mark)) : null;
    }

    /// <summary><c>cgroup-v2</c>, <c>cgroup-v1</c> or <c>signals</c>; null where a tree cannot be stopped.</summary>
    internal string? Method => _group?.Method ?? (_signals is null ? null : "signals");

    /// <summary>How long the tree has been stopped so far, all times together.</summary>
    internal TimeSpan FrozenTime
    {
        get
        {
            lock (_gate)
                return _frozenTime + (_frozenSince is { } since ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero);
        }
    }

    /// <summary>Stops the tree.</summary>
    /// <exception cref="InvalidOperationException">It cannot be stopped here, is stopped already, or has ended.</exception>
    /// <exception cref="TimeoutException">The kernel does not confirm it; the tree goes on.</exception>
    internal FreezeMoment Freeze()
    {
        lock (_gate)
        {
            if (_isOver || _frozenSince is not null || Method is null)
                throw new InvalidOperationException(_isOver ? "The tree has ended." : _frozenSince is not null ? "The tree is stopped already." : "A tree of processes cannot be stopped on this system.");
            _signals?.Begin();
            if (Change(frozen: true) is not { } moment)
            {
                _ = Change(frozen: false);
                throw new TimeoutException($"The kernel did not confirm within {Patience.TotalSeconds:0} s that all processes are stopped.");
            }

            _frozenSince = moment.Confirmed;
            return moment;
        }
    }

    /// <summary>Lets the tree go on.</summary>
    /// <exception cref="InvalidOperationException">It is not stopped.</exception>
    /// <exception cref="TimeoutException">The kernel does not confirm it.</exception>
    internal FreezeMoment Thaw()
    {
        lock (_gate)
        {
            if (_frozenSince is not { } since)
                throw new InvalidOperationException("The tree is not stopped.");
            var moment = Change(frozen: false) ?? throw new TimeoutException($"The kernel did not confirm within {Patience.TotalSeconds:0} s that all processes go on.");
            (_frozenSince, _frozenTime) = (null, _frozenTime + Stopwatch.GetElapsedTime(since, moment.Asked));
            return moment;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            if (_frozenSince is { } since)
            {
                _ = Change(frozen: false);
                (_frozenSince, _frozenTime) = (null, _frozenTime + Stopwatch.GetElapsedTime(since));
            }

            _isOver = true;
        }
    }

    private FreezeMoment? Change(bool frozen)
    {
        var asked = Stopwatch.GetTimestamp();
        if (_group?.Ask(frozen) == false)
            return null;
        for (var look = 0; ; look++)
        {
            var elapsed = Stopwatch.GetElapsedTime(asked);
            if (_group?.IsConfirmed(frozen) ?? (frozen ? _signals!.Freeze(acceptSleepers: elapsed > PatienceWithSleepers) : _signals!.Thaw()))
                return new FreezeMoment(asked, Stopwatch.GetTimestamp());
            if (elapsed > Patience)
                return null;
            if (frozen && look % LooksToAskAgain == LooksToAskAgain - 1)
                _group?.AskAgain();
            if (look > 2)
                Thread.Sleep(look > 20 ? 5 : 0);
        }
    }
}
