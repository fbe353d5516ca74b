using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests;

public class NextTrialsTests
{
    private static readonly Gates Rules = new() { Throughput = new ThroughputBounds { MaxRegressionPercent = 5, MaxRepeats = 6 } };

    [Fact]
    public void A_suspect_and_a_control_without_workers_run_in_the_next_round()
    {
        var next = NextTrials.Decide(Slowed(), Definition(Rules), BaselineOf(Noisy(6, 0.01, 2)));

        Assert.Equal(["dataset=MELD-DA num_workers=4 pin_memory=true"], next.Where(trial => trial.Purpose == TrialPurpose.Confirmation).Select(trial => trial.Configuration.Name));
        Assert.Equal(0, Assert.Single(next, trial => trial.Purpose == TrialPurpose.Control).Configuration.NumWorkers);
        Assert.All(next, trial => Assert.Equal(4, trial.Repeat));
    }

    [Fact]
    public void Rounds_end_with_a_verdict_that_stands()
    {
        var (sweep, baseline) = (Slowed(), BaselineOf(Noisy(6, 0.01, 2)));
        var rounds = 0;
        while (NextTrials.Decide(sweep, Definition(Rules), baseline) is { Count: > 0 } next)
        {
            Assert.InRange(++rounds, 1, 20);
            sweep = Sweep([.. sweep.Trials, .. next.Select(trial => Trial(
                trial.Configuration, trial.Repeat, 200.0 * (1 + Math.Min(trial.Configuration.NumWorkers!.Value, 2)) * Factor(trial.Configuration)) with { Purpose = trial.Purpose })]);
        }

        var assessment = Judge.Assess(sweep, Definition(Rules), baseline);
        Assert.Equal(VerdictKind.Regressed, assessment.Verdict);
        Assert.Single(assessment.Configurations, one => one.Verdict == VerdictKind.Regressed);
        Assert.InRange(rounds, 2, 8);
    }

    [Fact]
    public void Nothing_more_runs_without_a_baseline_or_a_gate()
    {
        Assert.Empty(NextTrials.Decide(Slowed(), Definition(Rules), null));
        Assert.Empty(NextTrials.Decide(Slowed(), Definition(), BaselineOf(Noisy(6, 0.01, 2))));
    }

    [Fact]
    public void A_configuration_that_failed_gets_no_more_trials()
    {
        var sweep = Slowed();
        sweep = sweep with { Trials = [.. sweep.Trials.Select(trial => Factor(trial.Configuration) < 1 ? trial with { Status = TrialStatus.Failed } : trial)] };

        Assert.Empty(NextTrials.Decide(sweep, Definition(Rules), BaselineOf(Noisy(6, 0.01, 2))));
    }

    [Fact]
    public void What_the_advice_cannot_tell_apart_runs_again_in_turns_until_it_can_or_the_repeats_are_spent()
    {
        var sweep = Noisy(3, 0.06, 1);
        var first = NextTrials.Decide(sweep, Definition(Rules), null);

        Assert.All(first, trial => Assert.Equal((TrialPurpose.Adaptive, 4), (trial.Purpose, trial.Repeat)));
        var best = sweep.Trials.GroupBy(trial => (trial.Configuration.Dataset, trial.Configuration.Id)).GroupBy(one => one.Key.Dataset)
            .Select(dataset => dataset.MaxBy(one => one.Select(trial => trial.Metrics[MetricKeys.SamplesPerSecond]).Order().ElementAt(1))!.Key.Id).ToArray();
        Assert.All(best, id => Assert.Contains(first, trial => trial.Configuration.Id == id));
        Assert.DoesNotContain(first, trial => trial.Configuration.NumWorkers == 0); // surely slower

        while (NextTrials.Decide(sweep, Definition(Rules), null) is { Count: > 0 } next)
            sweep = Sweep([.. sweep.Trials, .. next.Select(trial => Trial(trial.Configuration, trial.Repeat, 600) with { Purpose = trial.Purpose })]);
        Assert.InRange(sweep.Trials.GroupBy(trial => trial.Configuration.Id).Max(one => one.Count()), 4, 6);
        Assert.Empty(NextTrials.Decide(Noisy(3, 0.06, 1), Definition(new Gates { Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } }), null));
        Assert.Empty(NextTrials.Decide(Noisy(3, 0.005, 1), Definition(Rules), null));
    }

    private static SweepResult Slowed() => Noisy(3, 0.01, 1, (one, _) => Factor(one));

    private static double Factor(Core.Matrix.Configuration one) => one.Name == "dataset=MELD-DA num_workers=4 pin_memory=true" ? 0.8 : 1;
}
