using Experiments.Core.Results;

namespace Experiments.Engine.Tests.Sweeps;

[Collection(nameof(Alone))]
public class PressureOfTrialsTests
{
    private const string MoreLoopsThanCores =
        """n=$(nproc); i=0; while [ $i -lt $((2*n)) ]; do timeout 1 sh -c 'while :; do :; done' & i=$((i+1)); done; wait;""";

    [LinuxFact]
    public async Task More_processes_than_cores_press_on_the_cpu()
    {
        Assert.SkipUnless(File.Exists("/proc/pressure/cpu"), "this kernel counts no pressure");
        using var sweep = new SweepTest();

        var busy = await sweep.RunOneAsync(SweepTest.Step + MoreLoopsThanCores);
        var method = busy.Telemetry!.PressureMethod;
        var idle = await sweep.RunOneAsync(SweepTest.Step + "sleep 1");

        Assert.True(busy.Metric(MetricKeys.PressureCpuSomeFraction) > 0.3, $"{busy.Metric(MetricKeys.PressureCpuSomeFraction)} of the time, by {method}");
        Assert.NotNull(busy.Metric(MetricKeys.PressureIoFullFraction));
        if (method == "cgroup")
            Assert.True(idle.Metric(MetricKeys.PressureCpuSomeFraction) < 0.3, "what others want is in the trial's own pressure");
    }

    [LinuxFact]
    public async Task Without_a_group_pressure_is_the_machines_and_says_so()
    {
        Assert.SkipUnless(File.Exists("/proc/pressure/cpu"), "this kernel counts no pressure");
        using var sweep = new SweepTest();

        var result = await sweep.RunOneAsync(SweepTest.Step, memory: "proc");

        Assert.Equal("machine", result.Telemetry!.PressureMethod);
        Assert.NotNull(result.Metric(MetricKeys.PressureMemorySomeFraction));
    }
}
