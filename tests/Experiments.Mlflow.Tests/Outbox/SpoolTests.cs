using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;

namespace Experiments.Mlflow.Tests.Outbox;

public sealed class SpoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Operations_come_back_in_order_over_many_files()
    {
        using var spool = new Spool(_folder.FullName, segmentBytes: 200);
        for (var i = 0; i < 50; i++)
        {
            spool.Append([Operation(i)]);
        }

        Assert.Equal(Enumerable.Range(0, 50), ReadAll(spool));
        Assert.True(Directory.GetFiles(_folder.FullName, "segment-*").Length <= 2);
    }

    [Fact]
    public void What_was_not_sent_is_there_for_the_next_one()
    {
        using (var first = new Spool(_folder.FullName))
        {
            first.Append([Operation(1), Operation(2), Operation(3)]);
            var at = first.Position;
            Assert.NotNull(first.Read(ref at, out var next, out _));
            first.Advance(next);
        }

        using var second = new Spool(_folder.FullName);
        second.Append([Operation(4)]);

        Assert.Equal([2, 3, 4], ReadAll(second));
    }

    [Fact]
    public void What_is_written_after_all_was_read_is_read_too()
    {
        using var spool = new Spool(_folder.FullName, segmentBytes: 200);
        for (var i = 0; i < 20; i++)
        {
            spool.Append([Operation(i)]);
            Assert.Equal([i], ReadAll(spool));
            Assert.Empty(ReadAll(spool));
        }
    }

    [Fact]
    public void A_disk_that_takes_no_position_costs_nothing_but_that_it_is_sent_again()
    {
        var spool = new Spool(_folder.FullName);
        spool.Append([Operation(1), Operation(2)]);
        var at = spool.Position;
        Assert.NotNull(spool.Read(ref at, out var next, out _));
        spool.Advance(next);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "position.json.part")); // stands in the way of the file

        spool.Dispose();

        Directory.Delete(Path.Combine(_folder.FullName, "position.json.part"));
        using var second = new Spool(_folder.FullName); // the lock was given back
        Assert.Equal([1, 2], ReadAll(second));
    }

    [Fact]
    public void A_torn_last_line_is_skipped()
    {
        using (var first = new Spool(_folder.FullName))
        {
            first.Append([Operation(1), Operation(2)]);
        }

        var segment = Directory.GetFiles(_folder.FullName, "segment-*").Single();
        File.WriteAllBytes(segment, File.ReadAllBytes(segment)[..^10]);
        using var second = new Spool(_folder.FullName);
        second.Append([Operation(3)]);

        Assert.Equal([1, 3], ReadAll(second));
    }

    [Fact]
    public void A_line_that_is_no_operation_is_a_fault_and_the_next_one_is_read()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "segment-00000001.jsonl"), "{\"kind\": \"Dance\"}\nnonsense\n");
        using var spool = new Spool(_folder.FullName);
        spool.Append([Operation(1)]);

        Assert.Equal([-1, -1, 1], ReadAll(spool));
    }

    [Fact]
    public void When_all_is_sent_nothing_stays()
    {
        using (var spool = new Spool(_folder.FullName))
        {
            spool.Append([Operation(1)]);
            ReadAll(spool);
        }

        Assert.Empty(Directory.GetFiles(_folder.FullName).Select(Path.GetFileName).Except(["lock"]));
    }

    [Fact]
    public void A_folder_has_one_outbox_at_a_time()
    {
        using var first = new Spool(_folder.FullName);

        Assert.Contains("in use", Assert.Throws<IOException>(() => new Spool(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_larger_than_the_buffer_is_read_whole()
    {
        using var spool = new Spool(_folder.FullName);
        spool.Append([Operation(1) with { Params = [new Param("long", new string('x', 1_000_000))] }, Operation(2)]);

        Assert.Equal([1, 2], ReadAll(spool));
    }

    public void Dispose() => _folder.Dispose();

    private static Operation Operation(int i) => new() { Kind = OperationKind.EndRun, RunKey = "a", EndTimeMs = i };

    private static List<int> ReadAll(Spool spool)
    {
        var read = new List<int>();
        while (true)
        {
            var at = spool.Position;
            var operation = spool.Read(ref at, out var next, out var fault);
            if (operation is null && fault is null)
            {
                spool.Advance(at);
                return read;
            }

            read.Add(operation is null ? -1 : (int)operation.EndTimeMs!);
            spool.Advance(next);
        }
    }
}
