using Experiments.Slurm.Batches;

namespace Experiments.Slurm.Tests.Scripts;

/// <summary>What the names of files say of attempts.</summary>
public class BatchFilesTests
{
    [Fact]
    public void The_result_of_the_latest_attempt_that_started_a_trial_counts_alone()
    {
        var first = BatchFiles.Of(["3.0.start", "a-1.0.running", "a-1.0.result"]);
        var requeued = BatchFiles.Of(["3.0.start", "a-1.0.running", "3.1.start", "a-1.1.running", "a-1.0.result"]);
        var done = BatchFiles.Of(["a-1.0.result", "a-1.1.running", "a-1.0.running", "a-1.1.result", "3.1.start", "3.1.end"]);

        Assert.Equal(0, first.ResultAttempt("a-1"));
        Assert.Null(requeued.ResultAttempt("a-1")); // the earlier attempt still ran, and wrote when it was fenced
        Assert.Equal((1, 1), (requeued.RunningAttempt("a-1"), requeued.AttemptOf(3)));
        Assert.Equal(1, done.ResultAttempt("a-1"));
        Assert.True(done.HasEnded(3));
    }

    [Fact]
    public void An_end_of_an_earlier_attempt_is_not_the_end()
    {
        var files = BatchFiles.Of(["3.0.start", "3.0.end", "3.1.start"]);

        Assert.False(files.HasEnded(3));
        Assert.False(files.IsLost(3));
        Assert.True(BatchFiles.Of(["3.lost"]).IsLost(3));
        Assert.True(BatchFiles.Of(["revoked"]).IsRevoked);
    }

    [Fact]
    public void Other_files_say_nothing()
    {
        var files = BatchFiles.Of(["batch.json", "script.sh", "job", "log", "work", ".3.0.start", "x.start", "3.x.start", "a-1.-1.result", "3.0.start.17.tmp", ""]);

        Assert.Null(files.AttemptOf(3));
        Assert.Null(files.ResultAttempt("a-1"));
    }
}
