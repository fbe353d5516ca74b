using Experiments.Core.Events;
using Experiments.Engine.Measurements;

namespace Experiments.Engine.Tests.Measurements;

public class CpuPerSampleTests
{
    [Fact]
    public void The_start_of_the_training_is_not_in_it_and_what_happens_between_the_steps_is()
    {
        // 6 s of CPU time until the first measured step begins at 110, then two cores.
        (double, double)[] cpu = [(100, 0), (110, 6), (112, 10), (120, 26), (121, 26)];

        Assert.Equal(20 / 640.0, CpuPerSample.Of(Steps(111, 120), 640, cpu)!.Value, 9);
    }

    [Fact]
    public void Between_readings_it_is_the_straight_line() =>
        Assert.Equal(8 / 100.0, CpuPerSample.Of(Steps(104, 107), 100, [(100, 0), (110, 20)])!.Value, 9);

    [Fact]
    public void Without_readings_times_or_samples_and_in_less_than_a_second_it_is_not_measured()
    {
        (double, double)[] cpu = [(100, 0), (110, 20)];

        Assert.Null(CpuPerSample.Of(Steps(104, 107), 100, []));
        Assert.Null(CpuPerSample.Of(Steps(104, 107), 0, cpu));
        Assert.Null(CpuPerSample.Of([new StepEvent(1, 8, 0, 1, null)], 8, cpu));
        Assert.Null(CpuPerSample.Of([new StepEvent(1, 8, 0, 0.9, 105)], 8, cpu));
        Assert.Null(CpuPerSample.Of(Steps(99, 107), 100, cpu)); // it began before anybody looked
        Assert.Null(CpuPerSample.Of(Steps(104, 112), 100, cpu)); // nobody looked any more
        Assert.Equal(12.8 / 100, CpuPerSample.Of(Steps(105, 110.4), 100, cpu)!.Value, 9);
    }

    private static StepEvent[] Steps(double first, double last) => [new StepEvent(6, 8, 0, 1, first), new StepEvent(7, 8, 0, 1, last)];
}
