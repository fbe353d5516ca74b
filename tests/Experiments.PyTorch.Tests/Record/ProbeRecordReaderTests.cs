using Experiments.PyTorch.Record;

namespace Experiments.PyTorch.Tests.Record;

public sealed class ProbeRecordReaderTests
{
    [Fact]
    public void Unknown_events_and_fields_are_skipped_and_a_torn_line_is_counted()
    {
        var record = ProbeRecordReader.Read(
        [
            """{"schemaVersion":1,"type":"phase","name":"start","t":100.5,"pid":7,"python":"3.11.2","mood":"fine"}""",
            """{"type":"phase","name":"attached","t":101,"torch":"2.4.0","cuda":"12.1"}""",
            """{"type":"mood","value":[1]}""",
            "",
            """{"type":"phase","name":"first_batch","t":102.25}""",
            """{"type":"step","step":1,"samples":64,"wait_s":0.5,"step_s":0.75,"t":103}""",
            """{"type":"step","step":2,"samples":64,"wait_s":0.25,"step_s":0.5,"t":104}""",
            """{"type":"step","step":3,"sam""",
        ]);
        Assert.Equal(("3.11.2", "2.4.0", "12.1"), (record.PythonVersion, record.TorchVersion, record.CudaBuild));
        Assert.Equal((2, 128L, 0.75, 1.25), (record.Steps, record.Samples, record.WaitSeconds, record.StepSeconds));
        Assert.Equal(1.75, record.FirstBatchSeconds);
        Assert.Equal((true, true, false, 1), (record.Started, record.Attached, record.Ended, record.UnreadableLines));
    }

    [Fact]
    public void Fields_of_another_type_count_as_missing()
    {
        var record = ProbeRecordReader.Read(["""{"type":"phase","name":"loader","loader":"x","asked":3,"used":{"num_workers":"many"},"notes":{}}"""]);
        Assert.Equal(new LoaderSettings(null, null, null, null, null), Assert.Single(record.Loaders).Used);
    }

    [Theory]
    [InlineData("[1,2]")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("\u0000\u0001")]
    public void Lines_that_are_no_objects_do_no_harm(string line) => Assert.Equal(0, ProbeRecordReader.Read([line]).Steps);

    [Fact]
    public void A_file_that_is_not_there_is_a_probe_that_wrote_nothing() =>
        Assert.Same(ProbeRecord.None, ProbeRecordReader.ReadFile("/nowhere/events.jsonl"));
}
