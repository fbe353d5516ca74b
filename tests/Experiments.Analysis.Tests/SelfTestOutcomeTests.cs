using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests;

public class SelfTestOutcomeTests
{
    [Theory]
    [InlineData(VerdictKind.EnvironmentChanged, VerdictKind.Regressed, 89.6, ExitCodes.Inconclusive, "this machine is too busy to prove it: others took 90 % of it")]
    [InlineData(VerdictKind.Regressed, VerdictKind.Pass, 89.6, ExitCodes.Inconclusive, "too busy to prove it")]
    [InlineData(VerdictKind.Pass, VerdictKind.Regressed, 89.6, ExitCodes.Inconclusive, "too busy to prove it")]
    [InlineData(VerdictKind.Inconclusive, VerdictKind.Regressed, 3, ExitCodes.Inconclusive, "nothing is proven")]
    [InlineData(VerdictKind.Regressed, VerdictKind.Pass, 3, ExitCodes.GateFailed, "the gates were wrong")]
    [InlineData(VerdictKind.Pass, VerdictKind.Regressed, 3, ExitCodes.GateFailed, "the gates were wrong")]
    [InlineData(VerdictKind.Pass, VerdictKind.BlownUp, 89.6, ExitCodes.GateFailed, "the gates were wrong")]
    [InlineData(VerdictKind.Pass, VerdictKind.Failed, 89.6, ExitCodes.GateFailed, "the gates were wrong")]
    [InlineData(VerdictKind.BlownUp, VerdictKind.Pass, 89.6, ExitCodes.GateFailed, "the gates were wrong")]
    public void What_a_busy_machine_hides_is_not_the_gates_fault_and_what_it_does_not_hide_is(VerdictKind seen, VerdictKind right, double others, int exitCode, string message)
    {
        var trial = Trial(Of("MELD-DA", 0, false), 1, 100);
        trial = trial with { Metrics = new Dictionary<string, double>(trial.Metrics) { [MetricKeys.CpuOtherPercentage] = others } };
        var verdict = new ConfigurationVerdict { Configuration = trial.Configuration, Verdict = seen, MeasuredTrials = 3, Medians = new Dictionary<string, double>() };

        var outcome = SelfTestOutcome.Of([(verdict, right)], [trial]);

        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.Contains(message, outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_wrong_is_the_proof_however_busy_the_machine_is() => Assert.Equal(ExitCodes.Pass, SelfTestOutcome.Of([], []).ExitCode);
}
