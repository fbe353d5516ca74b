using Experiments.Core.Results;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Causes;
using Experiments.Slurm.Cluster;

namespace Experiments.Slurm.Tests.Scripts;

/// <summary>Why a job left no result: Slurm's words of 22.05, as seen, each with what it must come to.</summary>
public class LostCauseTests
{
    private static readonly JobStart Started = new() { Node = "n2", Job = "17", At = DateTimeOffset.UnixEpoch };

    [Theory]
    [InlineData("OUT_OF_MEMORY", "", "EXP3301", TrialStatus.BlownUp, false)]
    [InlineData("FAILED", "slurmstepd: error: Detected 1 oom-kill event(s) in StepId=17.batch. Some of your processes may have been killed by the cgroup out-of-memory handler.", "EXP3301", TrialStatus.BlownUp, false)]
    [InlineData("FAILED", "slurmstepd-n2: error: Job 17 exceeded memory limit (2097152 > 1048576), being killed", "EXP3301", TrialStatus.BlownUp, false)]
    [InlineData("TIMEOUT", "", "EXP3302", TrialStatus.TimedOut, false)]
    [InlineData(null, "slurmstepd: error: *** JOB 17 ON n2 CANCELLED AT 2026-01-31T23:59:59 DUE TO TIME LIMIT ***", "EXP3302", TrialStatus.TimedOut, false)]
    [InlineData("NODE_FAIL", "", "EXP3303", TrialStatus.Failed, true)]
    [InlineData("PREEMPTED", "", "EXP3304", TrialStatus.Failed, true)]
    [InlineData(null, "slurmstepd: error: *** JOB 17 ON n2 CANCELLED AT 2026-01-31T23:59:59 DUE TO PREEMPTION ***", "EXP3304", TrialStatus.Failed, true)]
    [InlineData("CANCELLED", "", "EXP3305", TrialStatus.Failed, false)]
    [InlineData(null, "slurmstepd: error: *** JOB 17 ON n2 CANCELLED AT 2026-01-31T23:59:59 ***", "EXP3305", TrialStatus.Failed, false)]
    [InlineData(null, "", "EXP3307", TrialStatus.Failed, true)]
    [InlineData("FAILED", "", "EXP3307", TrialStatus.Failed, true)]
    public void Slurms_state_and_the_jobs_log_tell_it(string? state, string log, string code, TrialStatus status, bool runsAgain)
    {
        var cause = LostCause.Of(Evidence(state, log) with { Start = Started });

        Assert.Equal((code, status, runsAgain), (cause.Rule.Code, cause.Status, cause.RunsAgain));
        Assert.Contains("job 17_3 on n2", cause.Message, StringComparison.Ordinal);
        Assert.Contains("/log/3.log", cause.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("folder", 1, false, "EXP3316")]
    [InlineData("setup:0", 1, false, "EXP3315")]
    [InlineData("runner", 127, false, "EXP3308")]
    [InlineData("runner", 130, true, "EXP3305")]
    public void How_far_the_script_came_tells_it_where_Slurm_does_not(string stage, int status, bool asked, string code)
    {
        var end = new JobEnd { Stage = stage, Status = status, Asked = asked, At = DateTimeOffset.UnixEpoch };

        var cause = LostCause.Of(Evidence("FAILED", "last words") with { Start = Started, End = end, Setup = ["module load nothing"] });

        Assert.Equal(code, cause.Rule.Code);
        Assert.Contains("it last said: last words", cause.Message, StringComparison.Ordinal);
        if (code == "EXP3315")
            Assert.Contains("module load nothing", cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_never_came_to_its_first_line_was_not_launched()
    {
        var cause = LostCause.Of(Evidence("FAILED", "") with { Entry = new QueueEntry("x", 3, "FAILED", "n1", "RaisedSignal:53(Real-time_signal_19)") });

        Assert.Equal(("EXP3306", true), (cause.Rule.Code, cause.RunsAgain));
        Assert.Contains("on n1", cause.Message, StringComparison.Ordinal);
        Assert.Contains("RaisedSignal:53", cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_requeued_jobs_log_the_last_attempt_counts() => Assert.Equal(
        "experiments: attempt 1 of task 3 on n4\n",
        LogOfAttempt.Last("experiments: attempt 0 of task 3 on n2\nslurmstepd: error: *** JOB 17 ON n2 CANCELLED AT 2026-01-31T23:59:59 DUE TO NODE FAILURE ***\nexperiments: attempt 1 of task 3 on n4\n"));

    private static LostEvidence Evidence(string? state, string log) => new()
    {
        Job = "job 17_3", Entry = state is null ? null : new QueueEntry("x", 3, state, "n2", "None"), Log = log, LogFile = "/log/3.log",
    };
}
