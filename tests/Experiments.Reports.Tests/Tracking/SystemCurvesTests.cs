using Experiments.Analysis.Tests;
using Experiments.Reports.Tracking;

namespace Experiments.Reports.Tests.Tracking;

public sealed class SystemCurvesTests
{
    private const string Heading = "elapsed_s,used_bytes,anonymous_bytes,shared_bytes,page_cache_bytes,swap_bytes,rss_bytes,processes,cpu_user_s,cpu_system_s";

    [Fact]
    public void Cpu_is_a_share_of_the_machine_and_memory_that_of_the_trial()
    {
        var points = Read(["1.000,1073741824,0,0,0,0,0,1,3.00,1.00", "2.000,2147483648,0,0,0,0,0,1,11.00,1.00", "3.0,21474"]);

        Assert.Equal([50.0, 100.0], points.Where(point => point.Key == SystemCurves.Cpu).Select(point => point.Value));
        Assert.Equal([1024.0, 2048.0], points.Where(point => point.Key == SystemCurves.Memory).Select(point => point.Value));
        Assert.Equal([3.125, 6.25], points.Where(point => point.Key == SystemCurves.MemoryShare).Select(point => point.Value));
        Assert.Equal(1000, points[0].TimestampMs);
    }

    [Fact]
    public void A_long_trial_is_thinned_and_its_peak_stays()
    {
        var points = Read(Enumerable.Range(1, 6000).Select(row => $"{row / 10.0},{(row == 3333 ? 9 << 20 : 1 << 20)},0,0,0,0,0,1,0,0"));

        var memory = points.Where(point => point.Key == SystemCurves.Memory).ToList();
        Assert.InRange(memory.Count, 100, 200);
        Assert.Equal(9, memory.Max(point => point.Value));
    }

    private static IReadOnlyList<Mlflow.Entities.MetricPoint> Read(IEnumerable<string> rows) =>
        SystemCurves.Points(rows.Prepend(Heading), DateTimeOffset.UnixEpoch, SampleSweep.Machine);
}
