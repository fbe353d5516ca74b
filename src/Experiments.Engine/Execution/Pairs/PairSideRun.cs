using System.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Pairs;
using Experiments.Core.Results;
using Experiments.Engine.Measurements;
using Experiments.Processes;
using Experiments.Processes.Freezing;

namespace Experiments.Engine.Execution.Pairs;

/// <summary>One of the two trials of a pair.</summary>
/// <param name="side">Which.</param>
/// <param name="executor">Runs it.</param>
/// <param name="order">The trial.</param>
internal sealed class PairSideRun(PairSide side, LocalExecutor executor, TrialOrder order)
{
    /// <summary>Queues and caches are not what they are in a run that is never stopped: the first whole step after one goes on is left out.</summary>
    private const int StepsAfterStop = 1;

    private const int LeastSteps = 3;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource<(TreeFreezer Freezer, Func<double?> Cpu)> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventReader _reader = new(executor.FolderOf(order).Events);
    private readonly List<StepEvent> _steps = [];
    private Task<TrialResult>? _result;
    private double? _cpuBefore;
    private double? _cpuAfter;
    private long _samplesBefore;
    private bool _isFrozen;

    /// <summary>Median time of a step while it warmed up, seconds.</summary>
    internal double StepSeconds { get; private set; }

    /// <summary>Whether its process runs, or is stopped.</summary>
    internal bool IsRunning => _result is { IsCompleted: false };

    /// <summary>How it is stopped.</summary>
    internal string? Freezing => _started.Task.IsCompletedSuccessfully ? _started.Task.Result.Freezer.Method : null;

    /// <summary>CPU seconds of the whole tree for a sample since <see cref="MarkCpu"/>.</summary>
    internal double? CpuSecondsOfSample => _cpuAfter - _cpuBefore is { } seconds && Samples() - _samplesBefore is > 0 and var samples ? seconds / samples : null;

    /// <summary>Starts it, waits until it has warmed up, and stops it.</summary>
    internal async Task StartAsync(int warmupSteps, CancellationToken cancellationToken)
    {
        _result = executor.RunAsync(order with { Started = (freezer, cpu) => _started.TrySetResult((freezer, cpu)) }, cancellationToken);
        if (await Task.WhenAny(_started.Task, _result).ConfigureAwait(false) == _result)
            return;
        while (_steps.Count <= Math.Max(warmupSteps, LeastSteps) && IsRunning && !cancellationToken.IsCancellationRequested)
        {
            await Task.WhenAny(_result, Task.Delay(Look, cancellationToken)).ConfigureAwait(false);
            Read();
        }

        StepSeconds = _steps.Count == 0 ? 0 : _steps.Select(step => step.StepSeconds).Order().ElementAt(_steps.Count / 2);
        await FreezeAsync().ConfigureAwait(false);
    }

    /// <summary>Lets it run for a turn, and stops it.</summary>
    /// <returns>When it ran; null where it has ended.</returns>
    internal async Task<PairWindow?> RunAsync(int block, TimeSpan turn, CancellationToken cancellationToken)
    {
        if (!IsRunning)
            return null;
        var (freezer, _) = await _started.Task.ConfigureAwait(false);
        if (await ChangeAsync(freezer, freezer.Thaw).ConfigureAwait(false) is not { } started)
            return null;
        var from = UnixSeconds(started.Confirmed);
        _isFrozen = false;
        await Task.WhenAny(_result!, Task.Delay(turn, cancellationToken)).ConfigureAwait(false);
        return await FreezeAsync().ConfigureAwait(false) is { } stopped ? new PairWindow(side, block, from, UnixSeconds(stopped.Asked)) : null;
    }

    /// <summary>From here on the CPU time counts.</summary>
    internal void MarkCpu() => (_cpuBefore, _samplesBefore) = (Cpu(), Samples());

    /// <summary>Reads the steps that it has reported since.</summary>
    internal void Read()
    {
        do
            _steps.AddRange(_reader.ReadNew().OfType<StepEvent>().Where(step => step.Time is not null));
        while (_reader.HasMore);
        if (_isFrozen)
            _cpuAfter = Cpu() ?? _cpuAfter; // its group may be gone
    }

    /// <summary>The whole steps of a turn.</summary>
    internal PairSlice Slice(PairWindow window)
    {
        var whole = _steps.Where(step => step.Time!.Value - step.StepSeconds >= window.From && step.Time <= window.To).Skip(StepsAfterStop).ToArray();
        if (whole.Length < LeastSteps)
            return new PairSlice(side, window.Block, whole.Length, 0, window.To - window.From);
        var seconds = whole[^1].Time!.Value - (whole[0].Time!.Value - whole[0].StepSeconds);
        var samples = whole.All(step => step.Samples > 0) ? whole.Sum(step => (double)step.Samples) : whole.Length;
        return new PairSlice(side, window.Block, whole.Length, samples / seconds, window.To - window.From);
    }

    /// <summary>Waits for its end, which was asked for.</summary>
    internal async Task EndAsync()
    {
        if (_result is not null)
            await _result.ConfigureAwait(false);
    }

    /// <summary>Whether it ended by itself, otherwise than by having trained to its end.</summary>
    internal bool HasFailed => Own is { Status: not TrialStatus.Completed };

    /// <summary>Why it ended by itself; null where it was ended by us.</summary>
    internal string? Fault => Own is not { } result ? null
        : $"the {(side == PairSide.Old ? "old" : "new")} side: {(HasFailed && result.Diagnostics.Count > 0 ? result.Diagnostics[0].Message : "it ended before enough was measured; give it more to train")}";

    /// <summary>Its result where it ended by itself.</summary>
    private TrialResult? Own => _result is { IsCompletedSuccessfully: true, Result: { Status: not TrialStatus.Cancelled } result } ? result : null;

    private async Task<FreezeMoment?> FreezeAsync()
    {
        if (!IsRunning)
            return null;
        var (freezer, _) = await _started.Task.ConfigureAwait(false);
        var moment = await ChangeAsync(freezer, freezer.Freeze).ConfigureAwait(false);
        _isFrozen = moment is not null;
        return moment;
    }

    /// <summary>Stops the tree or lets it go on; null where it has ended just now.</summary>
    /// <exception cref="InvalidOperationException">Trees cannot be stopped here.</exception>
    private async Task<FreezeMoment?> ChangeAsync(TreeFreezer freezer, Func<FreezeMoment> change)
    {
        try
        {
            return await Task.Run(change).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (freezer.Method is not null)
        {
            await Task.WhenAny(_result!, Task.Delay(Look)).ConfigureAwait(false); // its result comes
            return null;
        }
        catch (TimeoutException) when (!IsRunning)
        {
            return null;
        }
    }

    private double? Cpu() => _started.Task.IsCompletedSuccessfully ? _started.Task.Result.Cpu() : null;

    private long Samples() => _steps.Sum(step => (long)Math.Max(step.Samples, 1));

    private static double UnixSeconds(long timestamp) => (DateTimeOffset.UtcNow - Stopwatch.GetElapsedTime(timestamp) - DateTimeOffset.UnixEpoch).TotalSeconds;
}
