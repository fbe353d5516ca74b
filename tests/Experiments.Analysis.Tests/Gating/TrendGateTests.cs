using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Gating;

public class TrendGateTests
{
    private static readonly Gates Rules = new() { Trend = new TrendBounds { MaxSlowdownPercent = 5 } };

    [Fact]
    public void Rule_18_a_level_that_fell_and_stayed_is_red_with_the_commits_between()
    {
        var verdict = Judged(Rules, Nights(20, night => night < 12 ? 1 : 0.9));

        Assert.Equal(VerdictKind.Regressed, verdict.Verdict);
        var line = Assert.Single(verdict.Diagnostics);
        Assert.Equal(("EXP2013", DiagnosticSeverity.Error), (line.Code, line.Severity));
        Assert.Contains("between commit-11 and commit-12 and stayed there, more than 5.0 %, at ", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_came_back_is_green() =>
        Assert.Equal(VerdictKind.Pass, Judged(Rules, Nights(30, night => night is >= 10 and < 18 ? 0.9 : 1)).Verdict);

    [Fact]
    public void A_change_within_the_bound_is_green() => Assert.Equal(VerdictKind.Pass, Judged(Rules, Nights(30, night => night < 15 ? 1 : 0.97)).Verdict);

    [Fact]
    public void Rule_19_a_drift_that_no_single_night_shows_is_red_and_no_change_point()
    {
        var line = Assert.Single(Judged(Rules, Nights(60, night => 1 - 0.002 * night)).Diagnostics);

        Assert.Contains("throughput drifted down by ", line.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("commit-12", "2026-12-31", VerdictKind.Pass)]
    [InlineData("s12", "2026-12-31", VerdictKind.Pass)]
    [InlineData("commit-12", "1969-12-31", VerdictKind.Regressed)]
    [InlineData("commit-11", "2026-12-31", VerdictKind.Regressed)]
    [InlineData("drift", "2026-12-31", VerdictKind.Regressed)]
    public void A_suppression_holds_for_its_change_until_its_day(string change, string until, VerdictKind expected)
    {
        var known = new Suppression { Change = change, Reason = "known", Until = DateOnly.Parse(until, System.Globalization.CultureInfo.InvariantCulture) };
        var rules = Rules with { Trend = Rules.Trend with { Suppressions = [known] } };

        var verdict = Judged(rules, Nights(20, night => night < 12 ? 1 : 0.9));

        Assert.Equal(expected, verdict.Verdict);
        Assert.Single(verdict.Diagnostics);
    }

    [Fact]
    public void Sweeps_of_other_machines_are_no_history() =>
        Assert.Equal(VerdictKind.Pass, Judged(Rules, [.. Nights(20, night => night < 12 ? 1 : 0.9).Select(night => night with { MachineId = "other" })]).Verdict);

    private static ConfigurationVerdict Judged(Gates gates, PastSweep[] nights)
    {
        var last = nights[^1].Configurations[0];
        var today = Sweep([Trial(last.Configuration, 1, last.Metrics[MetricKeys.SamplesPerSecond][0])]) with { StartedAt = DateTimeOffset.UnixEpoch.AddDays(nights.Length) };
        return Assert.Single(Judge.Assess(today, Definition(gates), null, nights).Configurations);
    }

    private static PastSweep[] Nights(int count, Func<int, double> level)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(night => BaselineFrom.Past(new SweepReport
        {
            Sweep = Sweep([Trial(Matrix[0], 1, 500 * level(night) * Math.Exp(0.01 * Normal(random)))]) with
            {
                SweepId = $"s{night}", Commit = $"commit-{night}", StartedAt = DateTimeOffset.UnixEpoch.AddDays(night),
            },
            Assessment = new Assessment { Verdict = VerdictKind.Pass, Configurations = [], Advice = [] },
        }))];
    }
}
