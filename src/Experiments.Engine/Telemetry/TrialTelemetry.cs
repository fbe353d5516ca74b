using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;
using Experiments.Processes.Sampling;
using Experiments.Processes.Trees;

namespace Experiments.Engine.Telemetry;

/// <summary>What is seen of one trial beside its memory, from its start to its end: GPUs, the kernel's counters, the file of samples.</summary>
/// <param name="group">The trial's control group, or null.</param>
/// <param name="gpu">Reads the trial's GPUs, or null.</param>
/// <param name="gpuLimitBytes">Most GPU memory, or null.</param>
/// <param name="path">The file of samples.</param>
internal sealed class TrialTelemetry(IControlGroup? group, GpuMonitor? gpu, long? gpuLimitBytes, string path) : ISampleFollower, IDisposable
{
    private const int CpuPoints = 4096;
    private const double Microsecond = 1e-6;

    private TelemetryFile? _file;
    private CounterWatch? _watch;
    private TreeMembers? _tree;
    private readonly MemorySeries _cpu = new(CpuPoints);
    private ProcessTotals _last;
    private double _startedUnixSeconds;
    private TimeSpan _nextGpu;

    /// <inheritdoc />
    public TimeSpan ExtraCost { get; private set; }

    /// <summary>What the kernel counted, after <see cref="Stop"/>.</summary>
    internal CounterOutcome? Counters { get; private set; }

    /// <summary>What the tree read and wrote by calls, after <see cref="Stop"/>.</summary>
    internal ProcessIo? Io { get; private set; }

    /// <summary>CPU time of the tree, those of it that ended included, over Unix time; empty where the system does not tell.</summary>
    internal IEnumerable<(double Seconds, double CpuSeconds)> Cpu => _cpu.Points.Select(point => (point.Seconds, point.Bytes * Microsecond));

    /// <summary>Begins to look.</summary>
    /// <param name="tree">The trial's tree, or null where there is no <c>/proc</c>.</param>
    internal void Start(TreeMembers? tree)
    {
        (_tree, _watch, _file) = (tree, new CounterWatch(group), new TelemetryFile(path));
        _startedUnixSeconds = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
    }

    /// <summary>Reads what must be read before the group and the processes are gone.</summary>
    internal void Stop()
    {
        Counters = _watch?.Stop();
        _tree?.Refresh();
        Io = _tree is null ? null : ProcessIo.Of(_tree.Members.Keys);
    }

    /// <inheritdoc />
    public EndCause? Look(TimeSpan elapsed, IReadOnlyCollection<int> processes)
    {
        if (gpu is null || elapsed < _nextGpu)
            return null;
        var before = ThreadClock.Now();
        gpu.Sample(processes);
        ExtraCost += ThreadClock.Now() - before;
        _nextGpu = elapsed + gpu.Interval;
        return gpu.HeldBytes > gpuLimitBytes ? EndCause.GpuMemoryLimit : null;
    }

    /// <inheritdoc />
    public void Add(TimeSpan elapsed, MemoryReading memory, ProcessTotals processes)
    {
        _file?.Add(elapsed, memory, processes);
        if (processes == _last)
            return; // they are read less often than memory
        _last = processes;
        _cpu.Add(_startedUnixSeconds + elapsed.TotalSeconds, (long)((group?.CpuSeconds() ?? processes.EverCpuSeconds) / Microsecond));
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();
}
