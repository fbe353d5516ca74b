using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

public class ThroughputGateTests
{
    private static readonly Gates Rules = new() { Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } };

    [Theory]
    [InlineData(0.027)]
    [InlineData(0.05)]
    [InlineData(0.15)] // a machine that others use too
    public void A_baseline_30_percent_faster_is_red_with_two_repeats(double noise)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var assessment = Judge.Assess(Noisy(2, noise, seed), Definition(Rules, 2), BaselineOf(Noisy(2, noise, seed + 1000), 1.3));

            Assert.Equal(ExitCodes.GateFailed, ExitCodes.Of(assessment.Verdict));
        }
    }

    [Fact]
    public void The_same_sweep_as_baseline_is_green()
    {
        var sweep = Noisy(2, 0.027, 1);

        Assert.Equal(VerdictKind.Pass, Judge.Assess(sweep, Definition(Rules, 2), BaselineOf(sweep)).Verdict);
    }

    [Fact]
    public void One_slowed_configuration_is_named_and_only_it()
    {
        var now = Noisy(5, 0.02, 2, (one, _) => one.Name == "dataset=MIntRec num_workers=4 pin_memory=true" ? 0.85 : 1);

        var assessment = Judge.Assess(now, Definition(Rules, 5), BaselineOf(Noisy(5, 0.02, 3)));

        var red = Assert.Single(assessment.Configurations, one => one.Verdict == VerdictKind.Regressed);
        Assert.Equal("dataset=MIntRec num_workers=4 pin_memory=true", red.Configuration.Name);
        var line = Assert.Single(red.Diagnostics).ToString();
        Assert.StartsWith("experiments/meld-da.yaml(23,3): error EXP2003: throughput ", line, StringComparison.Ordinal);
        Assert.EndsWith("at dataset=MIntRec num_workers=4 pin_memory=true", line, StringComparison.Ordinal);
        Assert.InRange(red.Throughput!.ChangePercent, -20, -10);
    }

    [Theory]
    [InlineData(true, VerdictKind.Pass, DiagnosticSeverity.Warning)]
    [InlineData(false, VerdictKind.NotMeasured, DiagnosticSeverity.Error)]
    public void A_missing_baseline_is_said_and_not_green_unless_allowed(bool allowed, VerdictKind expected, DiagnosticSeverity severity)
    {
        var assessment = Judge.Assess(Noisy(2, 0.02, 4), Definition(Rules with { Throughput = Rules.Throughput with { AllowMissingBaseline = allowed } }), null);

        Assert.Equal(expected, assessment.Verdict);
        var line = Assert.Single(assessment.Diagnostics);
        Assert.Equal(("EXP2005", severity), (line.Code, line.Severity));
        Assert.All(assessment.Configurations, one => Assert.Equal(expected, one.Verdict));
    }

    [Fact]
    public void Another_machines_baseline_is_never_compared_silently()
    {
        var baseline = BaselineOf(Noisy(2, 0.02, 5), 2) with { Machine = Machine with { Id = "other", Cpu = "Other CPU" } };

        var assessment = Judge.Assess(Noisy(2, 0.02, 6), Definition(Rules with { Throughput = Rules.Throughput with { AllowMissingBaseline = false } }), baseline);

        Assert.Equal(VerdictKind.NotMeasured, assessment.Verdict);
        var line = Assert.Single(assessment.Diagnostics);
        Assert.Equal("EXP2006", line.Code);
        Assert.Contains("CPU Other CPU, now Sample CPU", line.Message, StringComparison.Ordinal);
        Assert.All(assessment.Configurations, one => Assert.Null(one.Throughput));
    }

    [Fact]
    public void A_configuration_that_the_baseline_lacks_is_not_green_unless_allowed()
    {
        var now = Noisy(2, 0.02, 7);
        var baseline = BaselineOf(Noisy(2, 0.02, 8));
        baseline = baseline with { Configurations = [.. baseline.Configurations.Skip(1)] };

        Assert.Equal(VerdictKind.Pass, Judge.Assess(now, Definition(Rules), baseline).Verdict);
        var strict = Judge.Assess(now, Definition(Rules with { Throughput = Rules.Throughput with { AllowMissingBaseline = false } }), baseline);
        Assert.Equal(VerdictKind.NotMeasured, strict.Verdict);
        Assert.Equal("EXP2005", strict.Configurations[0].Diagnostics.Single().Code);
    }

    [Fact]
    public void What_the_gate_could_have_missed_is_warned_of()
    {
        var assessment = Judge.Assess(Noisy(2, 0.1, 9), Definition(Rules, 2), BaselineOf(Noisy(2, 0.1, 10)));

        Assert.Contains(assessment.Diagnostics, line => line.Code == "EXP2009" && line.Severity == DiagnosticSeverity.Warning);
        Assert.All(assessment.Configurations, one => Assert.InRange(one.Throughput!.MinimumDetectablePercent!.Value, 10, 60));
    }

    [Fact]
    public void A_single_repeat_without_neighbours_is_inconclusive_rather_than_guessed()
    {
        var configuration = Of("MELD-DA", 2, false);

        var assessment = Judge.Assess(Sweep([Trial(configuration, 1, 80)]), Definition(Rules, 1), BaselineOf(Sweep([Trial(configuration, 1, 100)])));

        Assert.Equal(VerdictKind.Inconclusive, assessment.Verdict);
        Assert.Equal(4, ExitCodes.Of(assessment.Verdict));
        Assert.Contains("measure at least 2", assessment.Configurations[0].Diagnostics.Single().Message, StringComparison.Ordinal);
    }
}
