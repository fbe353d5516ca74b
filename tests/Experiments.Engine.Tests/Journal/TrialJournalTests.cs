using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Journal;

public class TrialJournalTests
{
    [Fact]
    public void A_torn_last_line_is_cut_off_before_the_next_is_written()
    {
        using var folder = new TestFolder();
        var path = folder.File("journal.jsonl");
        Append(path, Result(1));
        File.AppendAllText(path, """{"trialId":"000000000002-1","confi""");

        Assert.Single(TrialJournal.Read(path));
        Append(path, Result(3));

        Assert.Equal(["000000000001-1", "000000000003-1"], TrialJournal.Read(path).Select(result => result.TrialId));
        Assert.Equal(2, File.ReadAllLines(path).Length);
    }

    [Fact]
    public void A_result_is_read_as_it_was_written()
    {
        using var folder = new TestFolder();
        var path = folder.File("journal.jsonl");
        var result = Result(1) with { Metrics = new Dictionary<string, double> { ["train/loss"] = double.NaN, ["samples_per_second"] = 0.1 } };

        Append(path, result);
        var read = Assert.Single(TrialJournal.Read(path));

        Assert.Equal(double.NaN, read.Metric("train/loss"));
        Assert.Equal(0.1, read.Metric("samples_per_second"));
        Assert.Equal(result.StartedAt, read.StartedAt);
    }

    [LinuxFact]
    public void What_a_full_disk_refuses_is_kept_and_written_when_there_is_room()
    {
        // /dev/full refuses every write as a full disk does.
        using var folder = new TestFolder();
        var path = folder.File("journal.jsonl");
        File.CreateSymbolicLink(path, "/dev/full");
        using var journal = TrialJournal.Open(path);

        Assert.Throws<IOException>(() => journal.Append(Result(1)));
        Assert.Throws<IOException>(() => journal.Append(Result(2)));

        Assert.Equal(2, journal.Waiting);
    }

    [LinuxFact]
    public async Task A_journal_on_a_full_disk_loses_nothing_once_there_is_room_again()
    {
        using var folder = new TestFolder();
        using var run = new ProcessRun();
        var mounted = await run.RunAsync($"mount -t tmpfs -o size=512k tmpfs {folder.Path}");
        Requirement.Met("mount", mounted.ExitCode == 0, "tmpfs may not be mounted here");
        try
        {
            var path = folder.File("journal.jsonl");
            using var journal = TrialJournal.Open(path);
            journal.Append(Result(1));
            var ballast = folder.File("ballast");
            Fill(ballast);
            var refused = 0;
            for (var number = 2; number <= 60; number++)
                refused += Refused(() => journal.Append(Result(number))) ? 1 : 0;
            File.Delete(ballast);
            journal.WriteWaiting();

            Assert.InRange(refused, 1, 59);
            Assert.Equal(0, journal.Waiting);
            Assert.Equal(60, TrialJournal.Read(path).Count);
            Assert.Equal(60, File.ReadAllLines(path).Length);
        }
        finally
        {
            await run.RunAsync($"umount {folder.Path}");
        }
    }

    [Fact]
    public void A_file_is_written_whole_or_not_at_all()
    {
        using var folder = new TestFolder();
        var path = folder.File("results.json");
        AtomicFile.WriteAllText(path, "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static TrialResult Result(int number) => new()
    {
        TrialId = $"{number:x12}-1",
        Configuration = new Configuration { Id = $"{number:x12}", Values = new Dictionary<string, AxisValue> { ["n"] = AxisValue.Of(number) } },
        Repeat = 1,
        Status = TrialStatus.Completed,
        ExitCode = 0,
        StartedAt = DateTimeOffset.UnixEpoch.AddTicks(12345),
        DurationSeconds = 1,
        Metrics = Enumerable.Range(0, 40).ToDictionary(metric => $"metric/{metric}", metric => metric / 7.0),
    };

    private static void Append(string path, TrialResult result)
    {
        using var journal = TrialJournal.Open(path);
        journal.Append(result);
    }

    private static bool Refused(Action write)
    {
        try
        {
            write();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var position = 0L;
        while (!Refused(() => RandomAccess.Write(file, new byte[4096], position)))
            position += 4096;
    }
}
