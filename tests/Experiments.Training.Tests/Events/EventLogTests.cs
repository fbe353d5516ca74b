using Experiments.Core.Events;
using Experiments.Training.Commands;
using Experiments.Training.Events;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Training.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("experiments-events-").FullName, "events.jsonl");
    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Events_are_written_at_least_every_fifth_of_a_second()
    {
        using var log = new EventLog(file, clock);
        log.Phase("start", ("process_id", "7"));
        log.Step(1, 64, TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(40));
        Assert.Empty(File.ReadAllText(file));
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(["start", "1"], File.ReadAllLines(file).Select(Name));
    }

    [Fact]
    public void What_waits_is_written_at_the_end()
    {
        using (var log = new EventLog(file, clock))
            log.Metric("loss", double.NaN, 3);
        var metric = Assert.IsType<MetricEvent>(Read(Assert.Single(File.ReadAllLines(file))));
        Assert.Equal(("loss", double.NaN, 3), (metric.Name, metric.Value, metric.Step));
    }

    [Fact]
    public void The_first_line_of_the_file_alone_has_the_schema_version()
    {
        for (var i = 0; i < 2; i++)
        {
            using var log = new EventLog(file, clock);
            log.Metric("a", i);
            log.Metric("b", i);
        }

        var lines = File.ReadAllLines(file);
        Assert.Equal(4, lines.Length);
        Assert.Single(lines, line => line.Contains("schemaVersion", StringComparison.Ordinal));
        Assert.Contains("schemaVersion", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_several_threads_stay_whole()
    {
        using (var log = new EventLog(file, TimeProvider.System))
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
            {
                for (var i = 0; i < 500; i++)
                {
                    log.Metric($"thread{thread}", i);
                    if (i % 50 == 0)
                        log.Flush();
                }
            })));
        }

        var events = File.ReadAllLines(file).Select(Read).ToList();
        Assert.Equal(2000, events.Count);
        Assert.All(events.Cast<MetricEvent>().GroupBy(metric => metric.Name), thread => Assert.Equal(thread.Select(metric => metric.Value), Enumerable.Range(0, 500).Select(i => (double)i)));
    }

    [Theory]
    [InlineData("/dev/full")]
    [InlineData("/no/such/folder/events.jsonl")]
    public void A_disk_that_takes_nothing_ends_the_log_and_not_the_training(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var log = new EventLog(path, clock);
        for (var step = 1; step <= 3; step++)
        {
            log.Step(step, 64, TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(40));
            clock.Advance(TimeSpan.FromSeconds(0.2));
        }
    }

    [Fact]
    public void Output_to_a_full_disk_is_cut_off_and_ends_nothing()
    {
        using var writer = new UnfailingWriter(new StreamWriter(new FullDisk()) { AutoFlush = true });

        writer.WriteLine("a line");
        writer.Write('c');
        writer.Write("text {0}", 1);
        writer.Flush();
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");
    }

    [Fact]
    public void Without_a_file_nothing_is_kept()
    {
        using var log = new EventLog(null, clock);
        log.Metric("a", 1);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(File.Exists(file));
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    private static string Name(string line) => Read(line) switch { PhaseEvent phase => phase.Name, StepEvent step => $"{step.Step}", _ => "?" };

    private static TrialEvent? Read(string line) => TrialEventJson.Read(System.Text.Encoding.UTF8.GetBytes(line));
}
