using Experiments.Slurm.Cluster;

namespace Experiments.Slurm.Tests.Scripts;

/// <summary>How Slurm's words are read.</summary>
public class SubmitReplyTests
{
    [Theory]
    [InlineData(0, "17\n", "", nameof(SubmitOutcome.Accepted))]
    [InlineData(0, "17;cluster\n", "", nameof(SubmitOutcome.Accepted))]
    [InlineData(1, "", "sbatch: error: invalid partition specified: nope\nsbatch: error: Batch job submission failed: Invalid partition name specified", nameof(SubmitOutcome.Refused))]
    [InlineData(1, "", "sbatch: error: AssocMaxSubmitJobLimit\nsbatch: error: Batch job submission failed: Job violates accounting/QOS policy (job submit limit, user's size and/or time limits)", nameof(SubmitOutcome.TooMany))]
    [InlineData(1, "", "sbatch: error: Batch job submission failed: Invalid job array specification", nameof(SubmitOutcome.TooMany))]
    [InlineData(1, "", "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)", nameof(SubmitOutcome.Unclear))]
    [InlineData(1, "", "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation", nameof(SubmitOutcome.Unclear))]
    [InlineData(1, "", "sbatch: error: Memory specification can not be satisfied\nsbatch: error: Batch job submission failed: Requested node configuration is not available", nameof(SubmitOutcome.Refused))]
    [InlineData(0, "", "", nameof(SubmitOutcome.Unclear))]
    public void An_answer_of_sbatch_is_one_of_four_things(int exitCode, string output, string error, string outcome) =>
        Assert.Equal(outcome, SubmitReply.Of(new SlurmAnswer(exitCode, output, error)).Outcome.ToString());

    [Fact]
    public void No_answer_in_time_tells_nothing() => Assert.Equal(SubmitOutcome.Unclear, SubmitReply.Of(new SlurmAnswer(null, "", "")).Outcome);

    [Fact]
    public void The_queue_is_read_line_by_line()
    {
        var entries = QueueEntry.Parse("a|0|PENDING||(QOSMaxJobsPerUserLimit)\na|1|RUNNING|n3|None\na|2|OUT_OF_MEMORY|n1|OutOfMemory\nother|N/A|RUNNING|n1|None\na|3|PENDING||launch failed requeued held\nslurm_load_jobs error\n");

        Assert.Equal([("PENDING", true, false), ("RUNNING", false, false), ("OUT_OF_MEMORY", false, true), ("PENDING", false, true)], entries.Select(entry => (entry.State, entry.IsStuck, entry.IsOver)));
        Assert.Equal("n3", entries[1].Node);
    }

    [Fact]
    public void The_configuration_says_what_the_site_enforces()
    {
        var bare = ClusterConfiguration.Parse("MaxArraySize            = 1001\nTaskPlugin              = task/none\nAccountingStorageType   = accounting_storage/none\nSLURM_VERSION           = 22.05.8\n");
        var strict = ClusterConfiguration.Parse("MaxArraySize = 64\nTaskPlugin = task/affinity,task/cgroup\nAccountingStorageType = accounting_storage/slurmdbd\nJobAcctGatherParams = OverMemoryKill\nConstrainRAMSpace      = yes\n");

        Assert.Equal((1001, false, false, false, "22.05.8"), (bare.MaxArraySize, bare.LimitsMemory, bare.SamplesMemory, bare.HasAccounting, bare.Version));
        Assert.Equal((64, true, true, true, true), (strict.MaxArraySize, strict.LimitsMemory, strict.SamplesMemory, strict.HasAccounting, strict.LimitsCores));
    }

    [Fact]
    public void Looks_are_rarer_while_nothing_changes_and_begin_anew_when_something_does()
    {
        var pace = new PollPace(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        for (var look = 0; look < 50; look++)
            pace.Look(hasChanged: false);

        Assert.Equal(10, pace.Current.TotalSeconds);
        pace.Look(hasChanged: true);
        Assert.Equal(1, pace.Current.TotalSeconds);
    }
}
