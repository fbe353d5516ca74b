using Experiments.Analysis.History;

namespace Experiments.Analysis.Tests.History;

public class TrendTests
{
    [Fact]
    public void A_lasting_change_is_found_with_the_commits_between()
    {
        var change = Assert.Single(Trend.ChangePoints(Nights(40, night => night < 25 ? 1 : 0.93)));

        Assert.Equal(("c24", "c25"), (change.Before.Commit, change.After.Commit));
        Assert.InRange(change.ChangePercent, -8.5, -5.5);
    }

    [Fact]
    public void Unchanged_nights_show_nothing()
    {
        var histories = Enumerable.Range(0, 200).Select(seed => Nights(40, _ => 1, seed)).ToArray();

        Assert.InRange(histories.Count(history => Trend.ChangePoints(history).Count > 0), 0, 8);
        Assert.InRange(histories.Count(history => Trend.Drift(history) is not null), 0, 2);
    }

    [Fact]
    public void Slow_drift_that_no_single_night_shows_is_found()
    {
        var drift = Trend.Drift(Nights(60, night => 1 - 0.001 * night));

        Assert.InRange(drift!.ChangePercent, -8, -4);
    }

    [Fact]
    public void Too_short_a_history_says_nothing()
    {
        Assert.Empty(Trend.ChangePoints(Nights(9, night => night < 5 ? 1 : 0.5)));
        Assert.Null(Trend.Drift(Nights(9, night => 1 - 0.05 * night)));
    }

    private static HistoryPoint[] Nights(int count, Func<int, double> level, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(night => new HistoryPoint(
            DateTimeOffset.UnixEpoch.AddDays(night), 500 * level(night) * Math.Exp(0.015 * SampleSweep.Normal(random)), $"c{night}", $"s{night}"))];
    }
}
