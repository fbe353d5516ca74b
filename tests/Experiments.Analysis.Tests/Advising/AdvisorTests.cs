using Experiments.Core.Definitions;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Advising;

public class AdvisorTests
{
    [Fact]
    public void Each_dataset_gets_the_fewest_workers_that_cannot_be_told_from_the_best()
    {
        var advice = Judge.Assess(Noisy(3, 0.01, 1), Definition(), null).Advice;

        Assert.Equal(["MELD-DA", "MIntRec"], advice.Select(one => one.Dataset));
        Assert.All(advice, one =>
        {
            Assert.Equal(2, one.Configuration!.NumWorkers);
            Assert.False(one.Configuration.PinMemory);
            Assert.Contains(one.Reasons, reason => reason.StartsWith("num_workers=1 pin_memory=", StringComparison.Ordinal) && reason.EndsWith("% less.", StringComparison.Ordinal));
            Assert.Contains("pin_memory has no effect without CUDA.", one.Reasons);
            Assert.Contains(one.Reasons, reason => reason.StartsWith("Its peak memory is 1.5 GiB", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void A_configuration_whose_memory_does_not_fit_is_ruled_out_with_its_figure()
    {
        var assessment = Judge.Assess(
            Sweep([Trial(Of("MELD-DA", 0, false), 1, 100, 500), Trial(Of("MELD-DA", 16, false), 1, 500, 9.1 * 1024)]),
            Definition(new Gates { PeakMemoryMaxBytes = 8L << 30 }), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Equal(0, advice.Configuration!.NumWorkers);
        Assert.Contains("Ruled out: num_workers=16 pin_memory=false, blown up (9.1 GiB).", advice.Reasons);
    }

    [Fact]
    public void Pinned_memory_is_recommended_where_it_is_clearly_faster()
    {
        var assessment = Judge.Assess(
            Sweep(from repeat in Enumerable.Range(1, 3) from configuration in Matrix.Where(one => one is { Dataset: "MELD-DA", NumWorkers: 2 }) select Trial(configuration, repeat, (configuration.PinMemory is true ? 130 : 100) + repeat)),
            Definition(), null);

        Assert.True(Assert.Single(assessment.Advice).Configuration!.PinMemory);
    }

    [Fact]
    public void Single_trials_are_said_not_to_show_the_noise()
    {
        var assessment = Judge.Assess(Sweep([Trial(Of("MELD-DA", 1, false), 1, 97), Trial(Of("MELD-DA", 4, false), 1, 100)]), Definition(), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Equal(1, advice.Configuration!.NumWorkers);
        Assert.Contains("single trials do not show the noise", advice.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_recommended_where_nothing_was_measured()
    {
        var assessment = Judge.Assess(Sweep([Trial(Of("MELD-DA", 1, false), 1, 0, status: TrialStatus.Failed)]), Definition(), null);

        var advice = Assert.Single(assessment.Advice);
        Assert.Null(advice.Configuration);
        Assert.Equal(["None of 1 configuration can be recommended: 1 failed."], advice.Reasons);
    }
}
