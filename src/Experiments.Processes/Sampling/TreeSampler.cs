using System.Diagnostics;
using Experiments.Processes.Kernel;
using Experiments.Processes.Memory;

namespace Experiments.Processes.Sampling;

/// <summary>Samples a tree from a thread of its own, guards its limits, and keeps below 1 % of one core by sampling less often.</summary>
internal sealed class TreeSampler : IDisposable
{
    private const double MostCost = 0.008;
    private const int SamplesToSettle = 16;
    private const int SeriesPoints = 4096;
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan ProcessesInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    private readonly ITreeMemory _memory;
    private readonly TreeLimits _limits;
    private readonly MemorySeries _series = new(SeriesPoints);
    private readonly ProcessTable _table = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly ISampleFollower? _follower;
    private readonly TaskCompletionSource<EndCause> _exceeded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double _startedUnixSeconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
    private TimeSpan _interval;
    private TimeSpan _spent;
    private TimeSpan _elapsed;
    private TimeSpan _nextProcesses;
    private ProcessTotals _processes;
    private long _peakResidentBytes;
    private long? _sharedMemoryFreeBytes;
    private int _samples;
    private int _mostProcesses;
    private TimeSpan? _blindSince;
    private TimeSpan _longestBlind;
    private int _failedInARow;
    private bool _isPartial;
    private int _failed;
    private string? _fault;

    /// <summary>Begins to sample.</summary>
    /// <param name="memory">How.</param>
    /// <param name="limits">The limits to guard.</param>
    /// <param name="follower">Looks at each sample, or null.</param>
    internal TreeSampler(ITreeMemory memory, TreeLimits limits, ISampleFollower? follower = null)
    {
        (_memory, _limits, _interval, _follower) = (memory, limits, memory.Interval, follower);
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "telemetry" };
        _thread.Start();
    }

    /// <summary>Ends when a limit is exceeded, with the first that was.</summary>
    internal Task<EndCause> LimitExceeded => _exceeded.Task;

    /// <summary>Ends the sampling and says what was seen.</summary>
    internal MemoryUse Stop()
    {
        _stop.Set();
        _thread.Join();
        if (HasKernelKilled())
            _exceeded.TrySetResult(EndCause.MemoryLimit); // the kernel was quicker than the sampler
        return new MemoryUse
        {
            Method = _memory.Method,
            Reason = _fault is null ? _memory.Reason : $"{_failed} readings failed, the longest run of them lasted {_longestBlind.TotalSeconds:0.0} s: {_fault}",
            Interval = _interval,
            Samples = _samples,
            Cost = _elapsed > TimeSpan.Zero ? Math.Min(_spent / _elapsed, 1) : 0,
            Peak = _memory.Peak(),
            PeakBoundBytes = _memory.PeakBoundBytes(),
            PeakResidentBytes = _peakResidentBytes,
            Series = _series.Points,
            Processes = _table.AtPeak,
            SharedMemoryFreeBytes = _sharedMemoryFreeBytes,
            Blind = _isPartial ? _longestBlind : null,
            MostProcesses = _mostProcesses,
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        (_memory as IDisposable)?.Dispose();
    }

    private TimeSpan ExtraCost => _memory.ExtraCost + (_follower?.ExtraCost ?? TimeSpan.Zero);

    private void Run()
    {
        var start = ThreadClock.Now();
        var average = TimeSpan.Zero;
        do
        {
            _elapsed = Stopwatch.GetElapsedTime(_started);
            var (before, extra) = (ThreadClock.Now(), ExtraCost);
            TrySample();
            var cost = ThreadClock.Now() - before - (ExtraCost - extra);
            average = _samples < SamplesToSettle ? cost : average + ((cost - average) / SamplesToSettle);
            var affordable = TimeSpan.FromTicks(Math.Max(_memory.Interval.Ticks, (long)(average.Ticks / MostCost)));
            _interval = affordable < LongestInterval ? affordable : LongestInterval;
            _spent = ThreadClock.Now() - start;
        }
        while (!_stop.Wait(_samples < SamplesToSettle || _blindSince is not null ? _memory.Interval : _interval)); // the first samples pay for the compiler
        _elapsed = Stopwatch.GetElapsedTime(_started);
        NoteBlindness();
        _isPartial |= _samples == 0;
    }

    /// <summary>
    /// Samples, and goes on where a reading fails: too many open files, for a moment, must not end the guard of the memory limit, and no fault at all may end the program
    /// that waits for the tree. Whether the peak can have gone unseen is
    /// told by the longest time in which memory could not be read.
    /// </summary>
    private void TrySample()
    {
        var isRead = false;
        try
        {
            var memory = _memory.Read(_elapsed);
            isRead = true;
            Sample(memory);
        }
#pragma warning disable CA1031 // what a thread of its own throws would end the whole program
        catch (Exception exception)
#pragma warning restore CA1031
        {
            (_fault, _failed) = (exception is IOException or UnauthorizedAccessException ? exception.Message : $"{exception.GetType().Name}: {exception.Message}", _failed + 1);
        }

        if (isRead)
        {
            NoteBlindness();
            (_blindSince, _failedInARow) = (null, 0);
        }
        else
        {
            _blindSince ??= _elapsed;
            _failedInARow++;
        }
    }

    private bool HasKernelKilled()
    {
        try
        {
            return _memory.KernelKilled();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (_fault, _failed) = (exception.Message, _failed + 1);
            return false;
        }
    }

    private void NoteBlindness()
    {
        if (_elapsed - _blindSince is not { } blind)
            return;
        _longestBlind = blind > _longestBlind ? blind : _longestBlind;
        _isPartial |= _failedInARow > 1 && blind > ProcessesInterval && blind > _interval; // less than that goes unseen between two samples, too
    }

    private void Sample(MemoryReading memory)
    {
        _samples++;
        _series.Add(_startedUnixSeconds + _elapsed.TotalSeconds, memory.UsedBytes);
        if (memory.UsedBytes > _limits.MemoryBytes && _memory.Exceeds(_limits.MemoryBytes.Value))
            _exceeded.TrySetResult(EndCause.MemoryLimit);
        if (_elapsed >= _nextProcesses)
        {
            var processes = _memory.Processes();
            _processes = _table.Read(processes, _startedUnixSeconds + _elapsed.TotalSeconds);
            _peakResidentBytes = Math.Max(_peakResidentBytes, _processes.ResidentBytes);
            if (SharedMemory.FreeBytes() is { } free && !(_sharedMemoryFreeBytes <= free))
                _sharedMemoryFreeBytes = free;
            _nextProcesses = _elapsed + ProcessesInterval;
            if (HasKernelKilled())
                _exceeded.TrySetResult(EndCause.MemoryLimit); // perhaps one worker only; the rest would train on, or hang
            var alive = OperatingSystem.IsLinux() ? _processes.Count : processes.Count; // the table is read from /proc
            _mostProcesses = Math.Max(_mostProcesses, alive);
            if (alive > _limits.Processes)
                _exceeded.TrySetResult(EndCause.ProcessLimit);
            if (_follower?.Look(_elapsed, processes) is { } limit)
                _exceeded.TrySetResult(limit);
        }

        _follower?.Add(_elapsed, memory, _processes);
    }
}
