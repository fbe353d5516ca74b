using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

public class TrialStatusTests
{
    [Theory]
    [InlineData(TrialStatus.Failed, VerdictKind.Failed, 3)]
    [InlineData(TrialStatus.TimedOut, VerdictKind.Failed, 3)]
    [InlineData(TrialStatus.NotMeasured, VerdictKind.NotMeasured, 3)]
    [InlineData(TrialStatus.BlownUp, VerdictKind.BlownUp, 1)]
    public void A_single_red_trial_makes_its_configuration_red(TrialStatus status, VerdictKind expected, int exitCode)
    {
        var configuration = Of("MELD-DA", 4, true);
        var sweep = Sweep([Trial(configuration, 1, 100), Trial(configuration, 2, 0, status: status), Trial(Of("MELD-DA", 0, true), 1, 50)]);

        var assessment = Judge.Assess(sweep, Definition(), null);

        Assert.Equal(expected, assessment.Verdict);
        Assert.Equal(exitCode, ExitCodes.Of(assessment.Verdict));
        var line = Assert.Single(assessment.Configurations.SelectMany(one => one.Diagnostics));
        Assert.Equal(DiagnosticSeverity.Error, line.Severity);
        Assert.EndsWith("at dataset=MELD-DA num_workers=4 pin_memory=true (1 of 2 trials)", line.Message, StringComparison.Ordinal);
        Assert.StartsWith("EXP3", line.Code, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.Pass, assessment.Configurations[1].Verdict);
    }

    [Fact]
    public void The_cause_that_the_trial_names_is_kept()
    {
        var configuration = Of("MELD-DA", 4, true);
        var failed = Trial(configuration, 1, 0, status: TrialStatus.Failed) with { Diagnostics = [TrialDiagnostics.ExitCode.Error("exit code 3: ValueError: no such split")] };

        var assessment = Judge.Assess(Sweep([failed]), Definition(), null);

        Assert.Equal(
            "experiments/meld-da.yaml(2,1): error EXP3001: exit code 3: ValueError: no such split at dataset=MELD-DA num_workers=4 pin_memory=true",
            assessment.Configurations[0].Diagnostics.Single().ToString());
    }

    [Fact]
    public void Arguments_that_the_script_does_not_take_are_bad_usage_and_what_was_skipped_for_them_is_said_once()
    {
        var failed = Trial(Of("MELD-DA", 0, true), 1, 0, status: TrialStatus.Failed) with { Diagnostics = [PyTorchDiagnostics.UnknownArgument.Error("unrecognized arguments: --x")] };
        var sweep = Sweep([failed, Trial(failed.Configuration, 2, 0, status: TrialStatus.Skipped), Trial(Of("MELD-DA", 4, true), 1, 0, status: TrialStatus.Skipped)]);

        var assessment = Judge.Assess(sweep, Definition(), null);

        Assert.Equal((VerdictKind.ArgumentsRefused, ExitCodes.BadUsage), (assessment.Verdict, ExitCodes.Of(assessment.Verdict)));
        Assert.EndsWith("--x at dataset=MELD-DA num_workers=0 pin_memory=true", Assert.Single(assessment.Configurations.SelectMany(one => one.Diagnostics)).Message, StringComparison.Ordinal);
        Assert.Equal(VerdictKind.NotMeasured, assessment.Configurations[1].Verdict);
        Assert.Equal(
            "experiments/meld-da.yaml(2,1): warning EXP3129: 2 of 3 trials did not run: EXP3124 at dataset=MELD-DA num_workers=0 pin_memory=true would meet them alike",
            Assert.Single(assessment.Diagnostics).ToString());
    }

    [Fact]
    public void Nothing_measured_is_never_green()
    {
        Assert.Equal(VerdictKind.NotMeasured, Judge.Assess(Sweep([]), Definition(), null).Verdict);
    }

    [Fact]
    public void A_sweep_that_was_cut_short_is_not_green()
    {
        var assessment = Judge.Assess(Sweep([Trial(Of("MELD-DA", 0, true), 1, 50)], planned: 4), Definition(), null);

        Assert.Equal(VerdictKind.NotMeasured, assessment.Verdict);
        Assert.Contains("3 of 4 planned trials", Assert.Single(assessment.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_worst_configuration_decides_the_sweep()
    {
        var sweep = Sweep([
            Trial(Of("MELD-DA", 0, true), 1, 50),
            Trial(Of("MELD-DA", 1, true), 1, 0, status: TrialStatus.Failed),
            Trial(Of("MELD-DA", 2, true), 1, 0, status: TrialStatus.BlownUp)]);

        Assert.Equal(VerdictKind.BlownUp, Judge.Assess(sweep, Definition(), null).Verdict);
    }
}
