using System.Globalization;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Engine.Measurements;

namespace Experiments.Engine.Execution;

/// <summary>Follows a running trial's events and hands them on, at most once a second.</summary>
internal sealed class EventTail : IAsyncDisposable
{
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long the rest is read after the trial's end: two gigabytes, about.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The same, when the user wants to stop: enough for what comes in a second.</summary>
    private static readonly TimeSpan PatienceWhenStopped = TimeSpan.FromSeconds(1);

    /// <summary>Events that are held back for what may be a pilot; one that floods is none.</summary>
    private const int MostHeld = 100_000;

    private readonly EventReader _reader;
    private readonly StepMeasurement _measurement;
    private readonly LocalExecutorOptions _options;
    private readonly PlannedTrial _trial;
    private readonly StallWatch _stall;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _loop;
    private readonly List<TrialEvent> _held = [];
    private bool _mayBePilot;
    private string? _fault;

    /// <summary>Begins to follow.</summary>
    /// <param name="options">What all trials share: who takes the events as well, and the clock.</param>
    /// <param name="path">The event file.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="measurement">Takes the events.</param>
    /// <param name="stall">Is told whether there were any.</param>
    internal EventTail(LocalExecutorOptions options, string path, PlannedTrial trial, StepMeasurement measurement, StallWatch stall)
    {
        (_reader, _trial, _measurement, _stall, _options) = (new EventReader(path), trial, measurement, stall, options);
        _mayBePilot = Pilot.IsPossible(options.Definition.Train);
        _loop = FollowAsync();
    }

    /// <summary>What observers were not told: the events of a trial that may run again with more steps.</summary>
    internal IReadOnlyList<TrialEvent> Held => _held;

    /// <summary>Reads what is left after the trial's end, for a bounded time, and follows no more.</summary>
    /// <param name="stop">The user wants to stop.</param>
    /// <returns>What of the events was not read; null: all was.</returns>
    internal async Task<Diagnostic?> ReadRestAsync(CancellationToken stop)
    {
        await DisposeAsync().ConfigureAwait(false);
        var began = _options.Time.GetTimestamp();
        do
            Read(last: true);
        while (_reader.HasMore && _fault is null && _options.Time.GetElapsedTime(began) < (stop.IsCancellationRequested ? PatienceWhenStopped : Patience));
        if (_fault is not null)
            return TrialDiagnostics.UnreadableFile.Warning($"its events are not read: {_fault}");
        return !_reader.HasMore ? null : TrialDiagnostics.ReportedTooMuch.Warning(string.Create(
            CultureInfo.InvariantCulture, $"of its {_reader.Length / Mebibyte:0} MiB of events only the first {_reader.Position / Mebibyte:0} MiB were read"));
    }

    /// <summary>Follows no more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Interval, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                do
                    Read(last: false);
                while (_reader.HasMore && _fault is null && !_ended.IsCancellationRequested);
            }
        }
        catch (OperationCanceledException)
        {
            // the trial ended
        }
    }

    private void Read(bool last)
    {
        try
        {
            var events = _reader.ReadNew(last);
            _fault = null;
            _stall.Look(events.Count > 0);
            if (events.Count > 0)
                Take(events);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _fault = exception.Message; // tried again: a share that was away may be back
            _stall.Look(hasTold: false);
        }
    }

    private void Take(IReadOnlyList<TrialEvent> events)
    {
        _measurement.Add(events);
        _held.AddRange(events);
        _mayBePilot = _mayBePilot && _measurement.MeasuredSeconds < MeasuringTime.Seconds && _held.Count < MostHeld;
        if (_mayBePilot)
            return;
        _options.Progress(_trial, [.. _held]);
        _held.Clear();
    }
}
