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

    [Theory]
    [InlineData("{\"type\":\"\u00FF\",\"step\":1,\"step_s\":1}")]
    [InlineData("{\"type\":\"metric\",\"name\":\"\u00FF\",\"value\":1}")]
    [InlineData("{\"type\":\"metric\",\"name\":\"a\",\"value\":\"\u00FF\"}")]
    [InlineData("{\"type\":\"phase\",\"name\":\"a\",\"\u00FF\":1}")]
    [InlineData("{\"type\":\"phase\",\"name\":\"a\",\"b\":[\"\u00FF\"]}")]
    [InlineData("{\"type\":\"metric\",\"name\":\"\\ud800\",\"value\":1}")]
    [InlineData("{\"type\":\"phase\",\"name\":\"a\",\"\\udc00\":1}")]
    [InlineData("{\"type\":\"phase\",\"name\":\"a\",\"b\":\"\\ud800x\"}")]
    public void What_is_no_text_is_skipped_like_a_torn_line(string latin1) => Assert.Null(TrialEventJson.Read(Encoding.Latin1.GetBytes(latin1)));

    [Fact]
    public void No_bytes_whatever_end_the_reading()
    {
        var random = new Random(14);
        var line = Encoding.UTF8.GetBytes("""{"type":"phase","name":"a","details":"\ud83d\ude00","t":1e3,"more":[1,{"b":"c"}]}""");
        for (var round = 0; round < 20_000; round++)
        {
            var mutant = (byte[])line.Clone();
            for (var change = 0; change < 3; change++)
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            TrialEventJson.Read(mutant);
        }
    }

    [Fact]
    public void Unknown_fields_are_skipped() =>
        Assert.Equal(
            new StepEvent(1, 2, 0, 0.5, null),
            Read("""{"type":"step","step":1,"samples":2,"step_s":0.5,"colour":"red"}"""));

    private static TrialEvent? Read(string line) => TrialEventJson.Read(Encoding.UTF8.GetBytes(line));
}
