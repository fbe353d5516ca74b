using System.Diagnostics;
using Experiments.Engine.Telemetry.Gpu;

namespace Experiments.Engine.Telemetry;

/// <summary>Samples a trial's tree from a thread of its own, guards its memory limit, and keeps below 1 % of one core by sampling less often.</summary>
internal sealed class TelemetrySampler : IDisposable
{
    private const double MostCost = 0.008;
    private const int SamplesToSettle = 16;
    private const int SeriesPoints = 4096;
    private const int StackBytes = 256 * 1024;
    private static readonly TimeSpan ProcessesInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    private readonly ITreeMemory _memory;
    private readonly TreeLimits _limits;
    private readonly TelemetryFile _file;
    private readonly MemorySeries _series = new(SeriesPoints);
    private readonly ProcessTable _table = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly GpuMonitor? _gpu;
    private readonly Action _onLimit;
    private readonly Thread _thread;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly double _startedUnixSeconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
    private TimeSpan _interval;
    private TimeSpan _spent;
    private TimeSpan _elapsed;
    private TimeSpan _nextProcesses;
    private TimeSpan _nextGpu;
    private TimeSpan _gpuSpent;
    private ProcessTotals _processes;
    private long _peakResidentBytes;
    private long? _sharedMemoryFreeBytes;
    private int _samples;
    private int _mostProcesses;
    private LimitKind? _passed;
    private string? _fault;

    /// <summary>Begins to sample.</summary>
    /// <param name="memory">How.</param>
    /// <param name="limits">The limits to guard.</param>
    /// <param name="path">The file of samples, or null.</param>
    /// <param name="gpu">Reads the trial's GPUs, or null.</param>
    /// <param name="onLimit">Called when the limit is passed, perhaps more than once.</param>
    internal TelemetrySampler(ITreeMemory memory, TreeLimits limits, string? path, GpuMonitor? gpu, Action onLimit)
    {
        (_memory, _limits, _interval, _gpu, _onLimit) = (memory, limits, memory.Interval, gpu, onLimit);
        _file = new TelemetryFile(path);
        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "telemetry" };
        _thread.Start();
    }

    /// <summary>Ends the sampling and tells what was seen.</summary>
    internal TelemetryOutcome Stop()
    {
        _stop.Set();
        _thread.Join();
        if (_memory.KernelKilled())
            PassLimit(LimitKind.Memory); // the kernel was quicker than the sampler
        _file.Dispose();
        return new TelemetryOutcome
        {
            Summary = new Core.Results.TelemetrySummary
            {
                MemoryMethod = _memory.Method,
                Reason = _fault ?? _memory.Reason,
                IntervalMilliseconds = _interval.TotalMilliseconds,
                Samples = _samples,
                Cost = _elapsed > TimeSpan.Zero ? Math.Min(_spent / _elapsed, 1) : 0,
            },
            Peak = _memory.Peak(),
            PeakBoundBytes = _memory.PeakBoundBytes(),
            PeakResidentBytes = _peakResidentBytes,
            Series = _series.Points,
            Processes = _table,
            SharedMemoryFreeBytes = _sharedMemoryFreeBytes,
            Gpu = _gpu?.Outcome(),
            Passed = _passed,
            MostProcesses = _mostProcesses,
        };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _file.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        var start = ThreadClock.Now();
        var average = TimeSpan.Zero;
        try
        {
            do
            {
                _elapsed = Stopwatch.GetElapsedTime(_started);
                var (before, extra) = (ThreadClock.Now(), _memory.ExtraCost + _gpuSpent);
                Sample();
                var cost = ThreadClock.Now() - before - (_memory.ExtraCost + _gpuSpent - extra);
                average = _samples < SamplesToSettle ? cost : average + ((cost - average) / SamplesToSettle);
                var affordable = TimeSpan.FromTicks(Math.Max(_memory.Interval.Ticks, (long)(average.Ticks / MostCost)));
                _interval = affordable < LongestInterval ? affordable : LongestInterval;
                _spent = ThreadClock.Now() - start;
            }
            while (!_stop.Wait(_samples < SamplesToSettle ? _memory.Interval : _interval)); // the first samples pay for the compiler
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _fault = $"sampling ended after {_elapsed.TotalSeconds:0.0} s: {exception.Message}";
        }

        _elapsed = Stopwatch.GetElapsedTime(_started);
    }

    private void SampleGpu(IReadOnlyCollection<int> processes)
    {
        if (_gpu is null || _elapsed < _nextGpu)
            return;
        var before = ThreadClock.Now();
        _gpu.Sample(processes);
        _gpuSpent += ThreadClock.Now() - before;
        _nextGpu = _elapsed + _gpu.Interval;
    }

    private void PassLimit(LimitKind limit)
    {
        _passed ??= limit;
        _onLimit();
    }

    private void Sample()
    {
        var memory = _memory.Read(_elapsed);
        _samples++;
        _series.Add(_startedUnixSeconds + _elapsed.TotalSeconds, memory.UsedBytes);
        if (_elapsed >= _nextProcesses)
        {
            var processes = _memory.Processes();
            _processes = _table.Read(processes, _startedUnixSeconds + _elapsed.TotalSeconds);
            SampleGpu(processes);
            _peakResidentBytes = Math.Max(_peakResidentBytes, _processes.ResidentBytes);
            if (SharedMemory.FreeBytes() is { } free && !(_sharedMemoryFreeBytes <= free))
                _sharedMemoryFreeBytes = free;
            _nextProcesses = _elapsed + ProcessesInterval;
            if (_memory.KernelKilled())
                PassLimit(LimitKind.Memory); // perhaps one worker only; the rest would train on, or hang
            var alive = OperatingSystem.IsLinux() ? _processes.Count : processes.Count; // the table is read from /proc
            _mostProcesses = Math.Max(_mostProcesses, alive);
            if (alive > _limits.Processes)
                PassLimit(LimitKind.Processes);
            if (_gpu?.HeldBytes > _limits.GpuBytes)
                PassLimit(LimitKind.GpuMemory);
        }

        if (memory.UsedBytes > _limits.MemoryBytes && _memory.Exceeds(_limits.MemoryBytes.Value))
            PassLimit(LimitKind.Memory);

        _file.Add(_elapsed, memory, _processes);
    }
}
