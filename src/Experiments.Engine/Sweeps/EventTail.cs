using Experiments.Core.Plans;
using Experiments.Engine.Measurements;

namespace Experiments.Engine.Sweeps;

/// <summary>Follows a running trial's events and hands them on, at most once a second.</summary>
internal sealed class EventTail : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly EventReader _reader;
    private readonly StepMeasurement _measurement;
    private readonly ObserverPipeline _observers;
    private readonly PlannedTrial _trial;
    private readonly StallWatch _stall;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;

    /// <summary>Begins to follow.</summary>
    /// <param name="around">What all trials share: observers, which take the events as well, and the clock.</param>
    /// <param name="path">The event file.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="measurement">Takes the events.</param>
    /// <param name="stall">Is told whether there were any.</param>
    internal EventTail(TrialSurroundings around, string path, PlannedTrial trial, StepMeasurement measurement, StallWatch stall)
    {
        (_reader, _trial, _measurement, _stall, _observers) = (new EventReader(path), trial, measurement, stall, around.Observers);
        _loop = FollowAsync(around.Request.Time);
    }

    /// <summary>Reads what is left after the trial's end, and follows no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        Read(last: true);
        _ended.Dispose();
    }

    private async Task FollowAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
                Read(last: false);
        }
        catch (OperationCanceledException)
        {
            // the trial ended
        }
    }

    private void Read(bool last)
    {
        var events = _reader.ReadNew(last);
        _stall.Look(events.Count > 0);
        if (events.Count == 0)
            return;
        _measurement.Add(events);
        _observers.TrialProgress(_trial, events);
    }
}
