using System.Diagnostics;
using System.Text.Json;
using Experiments.Analysis.Text;
using Experiments.Analysis.Tuning;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Core.Tuning;
using Experiments.Engine.Journal;
using Experiments.Engine.Measurements;
using Experiments.PyTorch.Segments;

namespace Experiments.Tuning;

/// <summary>Steers one trial from segment to segment: reads what the probe says, asks the search what comes next, and writes it where the probe looks.</summary>
/// <param name="request">How it is tuned.</param>
/// <param name="target">What is tuned.</param>
/// <param name="control">Where the instructions go.</param>
/// <param name="root">The folder where sweeps live.</param>
internal sealed class SegmentSteering(TuneRequest request, TuneTarget target, ControlFile control, string root) : ISweepObserver, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _ended = new();
    private readonly List<SegmentResult> _segments = [];
    private readonly Stopwatch _clock = new();
    private SweepStart? _sweep;
    private SwappableLoader? _loader;
    private TuningSpace? _space;
    private SegmentResult? _asked;
    private double _askedAt;
    private PeakReader? _peaks;
    private Task _loop = Task.CompletedTask;

    /// <inheritdoc />
    public string Name => "segments";

    /// <summary>The answer so far; null before the probe has said how the loader can be swapped.</summary>
    public TuningReport? Report => _space is null ? null : TuningSearch.Report(_space, _segments);

    /// <summary>Why the loader could not be swapped, or only between epochs; null otherwise.</summary>
    public string? Reason => _loader is null ? "the script asked no training loader for a batch" : _loader.Reason;

    /// <inheritdoc />
    public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken)
    {
        _sweep = sweep;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken)
    {
        var folder = SweepFolder.Of(root, _sweep!.Definition.Name, _sweep.SweepId).Trial(trial.Id);
        _peaks = new PeakReader(folder.Telemetry);
        _loop = FollowAsync(new EventReader(folder.Events));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public async ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken)
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => _ended.Dispose();

    private async Task FollowAsync(EventReader events)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false))
            {
                foreach (var one in events.ReadNew(last: false))
                    Hear(one);
                Guard();
            }
        }
        catch (OperationCanceledException)
        {
            // the trial ended
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            control.Stop(); // what cannot be followed cannot be steered
        }
    }

    private void Hear(TrialEvent one)
    {
        if (SegmentEvents.TryReadLoader(one) is { } loader)
        {
            _loader = loader;
            if (!loader.CanSwap)
            {
                control.Stop();
                return;
            }

            _space = Space(loader);
            _clock.Start();
            Next();
        }
        else if (_asked is { } asked && SegmentEvents.TryReadSegment(one, control.Number, asked) is { } segment)
        {
            Add(segment);
            Next();
        }
    }

    /// <summary>A setting that nears the limit of memory is left at once: what it loaded ahead is dropped, and the next one loads it again.</summary>
    private void Guard()
    {
        if (_space?.MostMemoryBytes is not { } most || _asked is not { Setting: not null } asked || _peaks!.Since(_askedAt) is not { } peak || peak < most)
            return;
        Add(asked with { Error = $"its memory, {Quantity.Bytes(peak)}, neared the limit of {Quantity.Bytes(_space.MemoryLimitBytes!.Value)}" });
        Next(atOnce: true);
    }

    private void Add(SegmentResult segment)
    {
        segment = segment with { EndedAt = _clock.Elapsed.TotalSeconds, PeakBytes = _peaks!.Since(_askedAt) };
        _segments.Add(segment);
        _asked = null;
        request.Progress?.Report(segment);
    }

    private void Next(bool atOnce = false)
    {
        _askedAt = _peaks!.Now();
        switch (TuningSearch.Next(_space!, _segments))
        {
            case TuningStep.Measure measure:
                _asked = new SegmentResult { Setting = measure.Setting, Block = measure.Block };
                control.Measure(measure.Setting, Length(measure.Setting.NumWorkers), atOnce);
                break;
            case TuningStep.Ceiling when !_loader!.IsBoundToEpochs:
                _asked = new SegmentResult { Setting = null, Block = 0 };
                control.MeasureCeiling(Length(0));
                break;
            default:
                control.Stop();
                break;
        }
    }

    /// <summary>Each worker delivers twice at least: batches come in turns of the workers.</summary>
    private static SegmentLength Length(int workers) => new(Math.Max(10, 2 * workers), 1.0);

    private TuningSpace Space(SwappableLoader loader)
    {
        var space = new TuningSpace
        {
            Own = loader.Own.Plain(loader.HasDevice), Cores = Math.Max(1, (int)Math.Round((double)_sweep!.Machine.Cores)), Pins = loader.HasDevice, Workers = request.Workers,
            MemoryLimitBytes = request.MemoryLimitBytes ?? target.MemoryLimitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Within = request.Within, Budget = request.Budget,
        };
        return target.Bound(loader.IsIterable ? space with { MostWorkers = Math.Max(1, loader.Own.NumWorkers) } : space);
    }
}
