using Experiments.Analysis.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Throughput;

/// <summary>The rate that the training feels: over whole epochs, with the start and the end of workers.</summary>
public class ThroughputMetricTests
{
    [Fact]
    public void Advice_and_table_go_by_whole_epochs_where_the_trials_have_them()
    {
        // Short epochs: two workers give more in steady steps, and less by the script's own clock.
        var sweep = Sweep(from repeat in Enumerable.Range(1, 3) from workers in new[] { 0, 2 } select Epochs(workers, repeat, steady: workers == 0 ? 270 : 384, epochs: workers == 0 ? 265 : 205));

        var assessment = Judge.Assess(sweep, Definition(), null);

        Assert.Equal(0, Assert.Single(assessment.Advice).Configuration!.NumWorkers);
        Assert.Equal([265, 205], assessment.Configurations.Select(one => Math.Round(one.SamplesPerSecond!.Value)));
        Assert.All(assessment.Configurations, one => Assert.Equal(MetricKeys.EpochSamplesPerSecond, one.ThroughputMetric));
    }

    [Fact]
    public void A_configuration_of_which_a_trial_had_no_whole_epoch_goes_by_the_steady_rate_in_all_its_trials()
    {
        var sweep = Sweep([Epochs(2, 1, 384, 205), Trial(Of("MELD-DA", 2, false), 2, 380)]);

        var row = Assert.Single(Judge.Assess(sweep, Definition(), null).Configurations);

        Assert.Equal((MetricKeys.SamplesPerSecond, 382), (row.ThroughputMetric, Math.Round(row.SamplesPerSecond!.Value)));
    }

    [Fact]
    public void The_gate_sees_what_epochs_lost_and_compares_steady_rates_with_a_baseline_that_has_no_others()
    {
        var definition = Definition(new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } });
        SweepResult Of(double epochs) => Sweep(from repeat in Enumerable.Range(1, 4) from workers in new[] { 0, 1, 2, 4 } select Epochs(workers, repeat, 384, epochs));
        var baseline = BaselineFrom.Sweep(Of(300), DateTimeOffset.UnixEpoch);
        var old = BaselineFrom.Sweep(Sweep(from repeat in Enumerable.Range(1, 4) from workers in new[] { 0, 1, 2, 4 } select Trial(SampleSweep.Of("MELD-DA", workers, false), repeat, 384 + repeat)), DateTimeOffset.UnixEpoch);

        Assert.Equal(VerdictKind.Regressed, Judge.Assess(Of(200), definition, baseline).Verdict);
        Assert.Equal(VerdictKind.Pass, Judge.Assess(Of(300), definition, baseline).Verdict);
        Assert.Equal(VerdictKind.Pass, Judge.Assess(Of(200), definition, old).Verdict);
    }

    private static TrialResult Epochs(int workers, int repeat, double steady, double epochs)
    {
        var trial = Trial(Of("MELD-DA", workers, false), repeat, steady + repeat, wait: workers == 0 ? 0.6 : 0.3);
        return trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.EpochSamplesPerSecond] = epochs + (0.1 * repeat) } };
    }
}
