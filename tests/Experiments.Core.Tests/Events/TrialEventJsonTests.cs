using System.Text;
using Experiments.Core.Events;

namespace Experiments.Core.Tests.Events;

public class TrialEventJsonTests
{
    [Fact]
    public void A_step_reads_back_as_written()
    {
        var step = new StepEvent(12, 64, 0.0031, 0.041, 1700000000.25);

        Assert.Equal(step, Read(TrialEventJson.Write(step, first: true)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1.25)]
    public void A_metric_reads_back_as_written(double value)
    {
        var metric = new MetricEvent("train/loss", value, 3, null);

        Assert.Equal(metric, Read(TrialEventJson.Write(metric)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":\"step\",\"step\":3,\"sam")]
    [InlineData("{\"type\":\"weather\"}")]
    [InlineData("[1]")]
    [InlineData("training output")]
    public void What_is_no_event_is_skipped(string line) => Assert.Null(Read(line));

    [Fact]
    public void Unknown_fields_are_skipped() =>
        Assert.Equal(
            new StepEvent(1, 2, 0, 0.5, null),
            Read("""{"type":"step","step":1,"samples":2,"step_s":0.5,"colour":"red"}"""));

    private static TrialEvent? Read(string line) => TrialEventJson.Read(Encoding.UTF8.GetBytes(line));
}
