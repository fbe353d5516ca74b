
namespace Experiments.Processes.Memory.Windows;

/// <summary>
/// Memory as a job object counts it: what the processes have committed, touched or not. Between readings the job's own peak sees the shortest spike. The job's limit
/// stands above the trial's, so that passing the trial's is seen, and not told by an allocation that fails somewhere in the program.
/// </summary>
/// <param name="job">The job; it is closed with this.</param>
/// <param name="limitBytes">The trial's limit, or null.</param>
internal sealed class JobMemory(IJob job, long? limitBytes) : ITreeMemory, IDisposable
{
    private const int MostProcesses = 4096;

    private readonly byte[] _list = new byte[8 + (8 * MostProcesses)];
    private MemoryReading _most;

    /// <inheritdoc />
    public string Method => "job-object";

    /// <inheritdoc />
    public string? Reason => "committed private memory, touched or not; what lies in shared sections is not in it";

    /// <inheritdoc />
    public TimeSpan Interval => TimeSpan.FromMilliseconds(50);

    /// <inheritdoc />
    public TimeSpan ExtraCost => TimeSpan.Zero;

    /// <summary>The limit that the job gets: what a trial may take before the sampler has seen it, and no more.</summary>
    /// <param name="limitBytes">The trial's limit, or null.</param>
    internal static long? JobLimitBytes(long? limitBytes) => limitBytes + (limitBytes / 8);

    /// <inheritdoc />
    public MemoryReading Read(TimeSpan elapsed)
    {
        Span<byte> counters = stackalloc byte[JobStructs.ProcessCountersBytes];
        var sum = 0L;
        foreach (var process in Processes())
        {
            if (job.ReadProcess(process, counters))
                sum += JobStructs.PrivateBytes(counters);
        }

        var reading = new MemoryReading(sum, 0, 0, 0);
        if (sum > _most.UsedBytes)
            _most = reading;
        return reading;
    }

    /// <inheritdoc />
    public bool Exceeds(long limitBytes) => Read(default).UsedBytes > limitBytes;

    /// <inheritdoc />
    public bool KernelKilled() => PeakOfJob() > limitBytes;

    /// <inheritdoc />
    public MemoryReading Peak() => PeakOfJob() is { } peak && peak > _most.UsedBytes ? new MemoryReading(peak, 0, 0, 0) : _most;

    /// <inheritdoc />
    public long? PeakBoundBytes() => null;

    /// <inheritdoc />
    public IReadOnlyCollection<int> Processes() => job.Query(JobStructs.ProcessIdListClass, _list) ? JobStructs.Processes(_list) : [];

    /// <inheritdoc />
    public void Dispose() => job.Dispose();

    private long? PeakOfJob()
    {
        Span<byte> information = stackalloc byte[JobStructs.ExtendedLimitBytes];
        return job.Query(JobStructs.ExtendedLimitClass, information) ? JobStructs.PeakBytes(information) : null;
    }
}
