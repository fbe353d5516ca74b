using Experiments.Core.Results;

namespace Experiments.Engine.Tests.Sweeps;

[Collection(nameof(Alone))]
public class MachineLoadTests
{
    [LinuxTheory]
    [InlineData("best")]
    [InlineData("proc")]
    public async Task A_busy_loop_beside_the_trial_is_seen(string memory)
    {
        using var sweep = new SweepTest();
        using var done = new CancellationTokenSource();
        var busy = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
                Thread.SpinWait(1000);
        });
        busy.Start();

        var result = await sweep.RunOneAsync(SweepTest.Step + " sleep 1", memory: memory);
        await done.CancelAsync();
        busy.Join();

        Assert.True(result.Metric(MetricKeys.CpuOtherPercentage) * Environment.ProcessorCount > 30, $"{result.Metric(MetricKeys.CpuOtherPercentage)} % of the machine beside the trial");
        Assert.True(result.Metric(MetricKeys.CpuStolenPercentage) >= 0);
    }
}
