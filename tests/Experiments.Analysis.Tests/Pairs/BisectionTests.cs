using Experiments.Analysis.Pairs;
using Experiments.Core.Pairs;

namespace Experiments.Analysis.Tests.Pairs;

/// <summary>Searches through commits of which one slows the training, on machines as they are. All draws are seeded.</summary>
public class BisectionTests
{
    private const int Searches = 200;

    [Theory]
    [InlineData(30, 0.15, 0.02, 0.0, 0.0)]
    [InlineData(30, 0.15, 0.05, 0.0, 0.0)]
    [InlineData(100, 0.08, 0.02, 0.05, 0.0)] // one pair in twenty is far off
    [InlineData(12, 0.3, 0.04, 0.02, 0.2)] // one commit in five does not run
    public void The_commit_is_found_and_no_single_pair_decides(int count, double slowdown, double error, double accidents, double broken)
    {
        var random = new Random(20261129);
        var (right, wrong, wide, pairs) = (0, 0, 0, 0);
        for (var search = 0; search < Searches; search++)
        {
            var guilty = random.Next(count);
            var runs = Enumerable.Range(0, count).Select(_ => random.NextDouble() >= broken).ToArray();
            var effect = Pair(Math.Log(1 - slowdown) + (error * Normal(random)), error);
            var commits = Commits(count);
            while (new Bisection(effect, commits).Next() is { } next)
            {
                pairs++;
                var truth = next >= guilty ? Math.Log(1 - slowdown) : 0;
                var seen = random.NextDouble() < accidents ? Normal(random) : truth + (error * Normal(random));
                commits[next] = commits[next] with { Probes = [.. commits[next].Probes, runs[next] ? Pair(seen, error) : NotMeasured] };
            }

            var (first, last) = new Bisection(effect, commits).Range();
            (right, wrong) = first <= guilty && guilty <= last ? (right + 1, wrong) : (right, wrong + 1);
            wide += last - first >= 3 ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{right} right, {wrong} wrong, {wide} with more than three left, {(double)pairs / Searches:0.0} pairs a search");
        Assert.InRange(right, Searches * 0.95, Searches);
        Assert.InRange(wide, 0, broken > 0 ? Searches / 5 : Searches / 20);
        Assert.InRange((double)pairs / Searches, 1, (2 * Math.Log2(count)) + 3);
    }

    [Fact]
    public void A_commit_that_does_not_run_is_gone_around_and_the_answer_says_what_cannot_be_told_apart()
    {
        var effect = Pair(Math.Log(0.8), 0.01);
        var commits = Commits(5);
        commits[1] = commits[1] with { Probes = [NotMeasured] };
        commits[0] = commits[0] with { Probes = [Pair(0, 0.01)] };
        commits[2] = commits[2] with { Probes = [Pair(Math.Log(0.8), 0.01)] };

        var search = new Bisection(effect, commits);

        Assert.False(search.IsCertain);
        Assert.Null(search.Next());
        Assert.Equal((1, 2), search.Range());
        Assert.Equal(1, search.Probabilities.Sum(), 9);
    }

    [Fact]
    public void Without_any_pair_each_commit_is_as_likely_and_the_middle_comes_first()
    {
        var search = new Bisection(Pair(Math.Log(0.8), 0.01), Commits(9));

        Assert.All(search.Probabilities, chance => Assert.Equal(1.0 / 9, chance, 9));
        Assert.Equal(3, search.Next());
        Assert.Equal((0, 8), search.Range());
    }

    [Fact]
    public void A_single_commit_is_certain_without_a_pair_of_its_own()
    {
        var search = new Bisection(Pair(Math.Log(0.8), 0.01), Commits(1));

        Assert.True(search.IsCertain);
        Assert.Null(search.Next());
    }

    [Fact]
    public void Half_of_a_slowdown_is_half_of_its_logarithm() => Assert.Equal(Math.Log(0.8) / 2, Math.Log(1 - Bisection.Halfway(Pair(Math.Log(0.8), 0.01))), 9);

    private static BisectedCommit[] Commits(int count) => [.. Enumerable.Range(0, count).Select(number => new BisectedCommit($"{number:x40}", "Ada", $"Change {number}"))];

    private static PairComparison NotMeasured => new() { Configuration = "num_workers=2", Verdict = PairVerdict.NotMeasured, Note = "it does not build" };

    private static PairComparison Pair(double logRatio, double error) => new()
    {
        Configuration = "num_workers=2", Verdict = PairVerdict.Inconclusive, Blocks = 20, Starts = 2,
        Change = Math.Exp(logRatio) - 1, ChangeLow = Math.Exp(logRatio - (2.576 * error)) - 1, ChangeHigh = Math.Exp(logRatio + (2.576 * error)) - 1,
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
