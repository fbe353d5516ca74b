using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Execution;
using Experiments.Engine.Journal;
using Experiments.Engine.Measurements;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Trainers;
using Experiments.Processes;
using Experiments.Processes.Sampling;

namespace Experiments.Engine.Tests.Telemetry;

/// <summary>Readings that fail while a trial runs.</summary>
public class FailingReadingsTests
{
    [Fact]
    public async Task The_memory_limit_is_guarded_after_readings_that_failed()
    {
        var memory = new FailingMemory(number => number is > 3 and < 12) { Bytes = number => number < 15 ? 100 : 1000, KernelCounterFails = true };
        using var sampler = new TreeSampler(memory, new TreeLimits(500));

        Assert.Equal(EndCause.MemoryLimit, await sampler.LimitExceeded.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_single_reading_that_fails_is_a_sample_less_and_is_said()
    {
        var outcome = await SampleAsync(new FailingMemory(number => number == 5));

        Assert.Null(outcome.Blind);
        Assert.InRange(outcome.Peak.UsedBytes, 20, long.MaxValue);
        Assert.Contains("Too many open files", outcome.Reason, StringComparison.Ordinal);
        Assert.True(Metrics(outcome).ContainsKey(MetricKeys.MemoryPeakMegabytes));
    }

    [Fact]
    public async Task A_trial_of_which_no_reading_succeeds_is_not_measured_and_has_no_peak()
    {
        var outcome = await SampleAsync(new FailingMemory(_ => true));

        Assert.NotNull(outcome.Blind);
        Assert.False(Metrics(outcome).ContainsKey(MetricKeys.MemoryPeakMegabytes));
        var (status, diagnostics) = TrialJudgement.Of(End(outcome));
        Assert.Equal((TrialStatus.NotMeasured, "EXP3018"), (status, Assert.Single(diagnostics).Code));
        Assert.Contains("Too many open files", diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_that_fail_for_long_leave_a_part_of_the_peak_which_is_no_peak()
    {
        var outcome = await SampleAsync(new FailingMemory(number => number > 3) { Awaited = 120 }); // 117 readings of at least 5 ms

        Assert.InRange(outcome.Blind!.Value, TimeSpan.FromMilliseconds(250), TimeSpan.MaxValue);
        Assert.False(Metrics(outcome).ContainsKey(MetricKeys.MemoryPeakMegabytes));
        Assert.Equal(TrialStatus.NotMeasured, TrialJudgement.Of(End(outcome)).Status);
    }

    private static async Task<MemoryUse> SampleAsync(FailingMemory memory)
    {
        using var sampler = new TreeSampler(memory, new TreeLimits(null));
        await memory.Enough.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return sampler.Stop();
    }

    private static Dictionary<string, double> Metrics(MemoryUse memory)
    {
        var metrics = new Dictionary<string, double>();
        TelemetryMetrics.Add(metrics, new TelemetryOutcome { Memory = memory }, Exit);
        return metrics;
    }

    private static EndedTrial End(MemoryUse memory) => new()
    {
        Definition = new ExperimentDefinition { Name = "test", File = "test.yaml", Train = new CommandTask { Command = ["true"] }, Matrix = new MatrixDefinition { Axes = [] } },
        Trial = new PlannedTrial(new Configuration { Id = "1", Values = new Dictionary<string, AxisValue>() }, 1),
        Command = new TrialCommand { Program = "true" },
        Folder = new TrialFolder("/"),
        End = Exit with { Memory = memory },
        EndedAt = default,
        UsableCores = 1,
        Steps = 10,
        IsMeasured = true,
    };

    private static TreeEnd Exit { get; } = new() { Cause = EndCause.Exited, ExitCode = 0, Duration = TimeSpan.FromSeconds(1) };
}
