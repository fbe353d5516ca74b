using System.Globalization;

namespace Experiments.Bench.Mlflow;

/// <summary>The resident memory of this process, sampled while something runs.</summary>
internal sealed class Memory : IDisposable
{
    private readonly Timer _timer;
    private long _peak;

    public Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Start = Resident();
        _peak = Start;
        _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    public long Start { get; }

    public double GrownMegabytes
    {
        get
        {
            Sample();
            return Math.Max(0, (Interlocked.Read(ref _peak) - Start) / 1e6);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample() => Interlocked.Exchange(ref _peak, Math.Max(Interlocked.Read(ref _peak), Resident()));

    private static long Resident()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Environment.WorkingSet;
        }

        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[1];
        return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
