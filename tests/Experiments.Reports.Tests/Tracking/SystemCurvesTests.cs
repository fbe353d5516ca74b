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
        Assert.Equal([1074.0, 2147.0], points.Where(point => point.Key == SystemCurves.Memory).Select(point => point.Value));
        Assert.Equal([3.125, 6.25], points.Where(point => point.Key == SystemCurves.MemoryShare).Select(point => point.Value));
        Assert.Equal(1000, points[0].TimestampMs);
    }

    [Fact]
    public void Rows_that_repeat_the_last_reading_of_the_cpu_are_no_dips_and_an_idle_trial_has_a_curve()
    {
        // The CPU is read every fourth row; after 2.5 seconds the trial waits.
        var points = Read(Enumerable.Range(1, 80).Select(row => $"{row / 8.0},1048576,0,0,0,0,0,1,{Math.Min(row, 20) / 4 * 0.5},0"));

        var cpu = points.Where(point => point.Key == SystemCurves.Cpu).ToList();
        Assert.Equal([500, 1000, 1500, 2000, 2500, 5500, 8500], cpu.Select(point => point.TimestampMs));
        Assert.Equal([12.5, 12.5, 12.5, 12.5, 12.5, 0, 0], cpu.Select(point => point.Value));
        Assert.Equal(80, points.Count(point => point.Key == SystemCurves.Memory));
    }

    [Fact]
    public void A_long_trial_is_thinned_and_its_peak_stays()
    {
        var points = Read(Enumerable.Range(1, 6000).Select(row => $"{row / 10.0},{(row == 3333 ? 9 << 20 : 1 << 20)},0,0,0,0,0,1,0,0"));

        var memory = points.Where(point => point.Key == SystemCurves.Memory).ToList();
        Assert.InRange(memory.Count, 100, 200);
        Assert.Equal(9.437, memory.Max(point => point.Value), 9);
    }

    private static IReadOnlyList<Mlflow.Entities.MetricPoint> Read(IEnumerable<string> rows) =>
        SystemCurves.Points(rows.Prepend(Heading), DateTimeOffset.UnixEpoch, SampleSweep.Machine);
}
