using Experiments.Core.Results;
using Experiments.Engine.Machines;
using Experiments.Engine.Measurements;
using Experiments.Engine.Telemetry;
using Experiments.Processes;
using Experiments.Processes.Kernel;

namespace Experiments.Engine.Tests.Measurements;

public class TelemetryMetricsTests
{
    private static readonly ResourceUsage Usage = new(3, 2, 0, 0, 0, 0, 0, 0);

    [Fact]
    public void What_others_took_is_the_machines_busy_time_less_the_trials_and_what_the_hypervisor_took()
    {
        var metrics = Metrics(new CounterOutcome { Elapsed = TimeSpan.FromSeconds(10), Machine = new MachineCpu(17, 1, 40), TreeCpuSeconds = 7 }, Usage);

        Assert.Equal(27.5, metrics[MetricKeys.CpuOtherPercentage], 9);
        Assert.Equal(2.5, metrics[MetricKeys.CpuStolenPercentage], 9);
    }

    [Fact]
    public void Without_a_group_that_counts_the_trials_time_is_what_was_waited_for()
    {
        var metrics = Metrics(new CounterOutcome { Elapsed = TimeSpan.FromSeconds(10), Machine = new MachineCpu(17, 1, 40) }, Usage);

        Assert.Equal(32.5, metrics[MetricKeys.CpuOtherPercentage], 9);
    }

    [Fact]
    public void Clock_ticks_that_fall_short_of_the_trials_own_time_are_no_negative_load()
    {
        var metrics = Metrics(new CounterOutcome { Elapsed = TimeSpan.FromSeconds(1), Machine = new MachineCpu(0.98, 0, 2), TreeCpuSeconds = 0.99 }, Usage);

        Assert.Equal(0, metrics[MetricKeys.CpuOtherPercentage]);
    }

    [Fact]
    public void A_trial_too_short_for_clock_ticks_tells_no_load() =>
        Assert.DoesNotContain(MetricKeys.CpuOtherPercentage, Metrics(new CounterOutcome { Elapsed = TimeSpan.FromSeconds(0.1), Machine = new MachineCpu(0.15, 0, 0.2), TreeCpuSeconds = 0.05 }, Usage).Keys);

    [Fact]
    public void A_load_that_nobody_counts_is_absent_and_not_zero()
    {
        var unknownMachine = Metrics(new CounterOutcome { Elapsed = TimeSpan.FromSeconds(1), TreeCpuSeconds = 1 }, Usage);
        var unknownTrial = Metrics(new CounterOutcome { Elapsed = TimeSpan.FromSeconds(1), Machine = new MachineCpu(1, 0, 2) }, null);

        Assert.DoesNotContain(MetricKeys.CpuOtherPercentage, unknownMachine.Keys);
        Assert.DoesNotContain(MetricKeys.CpuStolenPercentage, unknownMachine.Keys);
        Assert.DoesNotContain(MetricKeys.CpuOtherPercentage, unknownTrial.Keys);
    }

    [Fact]
    public void Pressure_is_a_share_of_the_trials_time_and_what_the_kernel_does_not_tell_is_absent()
    {
        var metrics = Metrics(
            new CounterOutcome { Elapsed = TimeSpan.FromSeconds(10), Pressure = new Pressure(5, 0, null, 2, 10.001), PressureMethod = "cgroup" }, Usage);

        Assert.Equal(
            [("pressure/cpu_some_fraction", 0.5), ("pressure/io_full_fraction", 1), ("pressure/io_some_fraction", 0.2), ("pressure/memory_some_fraction", 0)],
            metrics.Where(metric => metric.Key.StartsWith("pressure/", StringComparison.Ordinal)).OrderBy(metric => metric.Key, StringComparer.Ordinal)
                .Select(metric => (metric.Key, metric.Value)));
    }

    [Theory]
    [InlineData("cgroup-v2", "memory/page_cache_megabytes memory/peak_bound_megabytes memory/peak_megabytes memory/shared_megabytes")]
    [InlineData("proc-pss", "memory/peak_bound_megabytes memory/peak_megabytes memory/shared_megabytes")]
    [InlineData("phys-footprint", "memory/peak_bound_megabytes memory/peak_megabytes")]
    [InlineData("job-object", "memory/peak_bound_megabytes memory/peak_megabytes")]
    [InlineData("none", "")]
    public void A_method_has_the_figures_that_it_can_tell(string method, string expected)
    {
        var metrics = new Dictionary<string, double>();
        var outcome = Outcome();
        TelemetryMetrics.Add(
            metrics,
            outcome with { Memory = outcome.Memory with { Method = method, PeakBoundBytes = 1 << 20 } },
            new TreeEnd { Cause = EndCause.Exited, ExitCode = 0, Duration = TimeSpan.FromSeconds(1) });

        Assert.Equal(expected, string.Join(' ', metrics.Keys.Where(key => key.StartsWith("memory/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    private static Dictionary<string, double> Metrics(CounterOutcome counters, ResourceUsage? usage)
    {
        var metrics = new Dictionary<string, double>();
        TelemetryMetrics.Add(metrics, Outcome() with { Counters = counters }, new TreeEnd
        {
            Cause = EndCause.Exited,
            ExitCode = 0,
            Usage = usage,
            Duration = counters.Elapsed,
        });
        return metrics;
    }

    private static TelemetryOutcome Outcome() => new()
    {
        Memory = new MemoryUse
        {
            Method = "none", Peak = default, PeakResidentBytes = 0, Processes = [], MostProcesses = 0, Samples = 1, Interval = TimeSpan.FromMilliseconds(1), Cost = 0,
        },
    };
}
