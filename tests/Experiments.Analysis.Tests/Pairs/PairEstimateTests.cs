using Experiments.Analysis.Pairs;
using Experiments.Core.Pairs;

namespace Experiments.Analysis.Tests.Pairs;

/// <summary>Measurings as they are: looked at after every block, with correlated blocks and starts that differ by luck. All draws are seeded.</summary>
public class PairEstimateTests
{
    private const double Bound = 0.05;
    private const int Measurings = 200;

    [Theory]
    [InlineData(0.03, 0.0, 0.01)]
    [InlineData(0.1, 0.0, 0.01)]
    [InlineData(0.15, 0.4, 0.01)]
    public void Code_that_is_slower_by_just_the_bound_is_called_slower_at_most_once_in_a_hundred_measurings(double noise, double correlation, double startSpread)
    {
        var wrong = Count(PairVerdict.Slower, Math.Log(1 - Bound), noise, correlation, startSpread);
        TestContext.Current.TestOutputHelper?.WriteLine($"{wrong} of {Measurings}");
        Assert.InRange(wrong, 0, Measurings / 100);
    }

    [Theory]
    [InlineData(0.15, 0.4, 0.02)]
    [InlineData(0.3, 0.6, 0.01)]
    public void On_a_machine_in_turmoil_or_where_starts_differ_much_it_is_three_times_in_a_hundred_at_most(double noise, double correlation, double startSpread) =>
        Assert.InRange(Count(PairVerdict.Slower, Math.Log(1 - Bound), noise, correlation, startSpread), 0, 3 * Measurings / 100);

    [Theory]
    [InlineData(0.03, 0.0, 0.95)]
    [InlineData(0.06, 0.3, 0.9)]
    [InlineData(0.1, 0.3, 0.4)]
    public void Equal_code_is_never_slower_and_settled_where_the_machine_is_calm(double noise, double correlation, double settled)
    {
        var verdicts = Verdicts(0, noise, correlation, 0.01);
        TestContext.Current.TestOutputHelper?.WriteLine($"{verdicts.Count(verdict => verdict == PairVerdict.NotSlower)} of {Measurings} settled");
        Assert.DoesNotContain(PairVerdict.Slower, verdicts);
        Assert.InRange(verdicts.Count(verdict => verdict == PairVerdict.NotSlower), Measurings * settled, Measurings);
    }

    [Theory]
    [InlineData(0.85, 0.1, 0.3)]
    [InlineData(0.8, 0.15, 0.4)]
    [InlineData(0.9, 0.05, 0.3)]
    public void A_slowdown_that_is_well_beyond_the_bound_is_found(double ratio, double noise, double correlation)
    {
        var found = Count(PairVerdict.Slower, Math.Log(ratio), noise, correlation, 0.01);
        TestContext.Current.TestOutputHelper?.WriteLine($"{found} of {Measurings}");
        Assert.InRange(found, Measurings * 0.95, Measurings);
    }

    [Fact]
    public void Single_blocks_in_which_the_machine_stood_still_decide_nothing()
    {
        double[] calm = [0.01, -0.02, 0.0, 0.015, -0.01, 0.02, -0.005, 0.0, -0.015, 0.01, 0.005, -0.01];
        double[] torn = [.. calm[..4], -2.5, .. calm[4..9], -1.8, .. calm[9..]];

        var estimate = PairEstimate.Of([torn, calm, torn]);

        Assert.InRange(estimate.LogRatio, -0.01, 0.01);
        Assert.Equal(PairVerdict.NotSlower, estimate.Decide(Bound));
    }

    [Fact]
    public void Nothing_is_decided_before_both_sides_were_started_twice_or_with_few_blocks()
    {
        double[] slow = [.. Enumerable.Range(0, 40).Select(number => -0.5 + (0.001 * (number % 5)))];

        Assert.Equal(PairVerdict.Inconclusive, PairEstimate.Of([slow]).Decide(Bound));
        Assert.Equal(PairVerdict.Inconclusive, PairEstimate.Of([[-0.5], [-0.5]]).Decide(Bound));
        Assert.Equal(PairVerdict.Slower, PairEstimate.Of([slow, slow]).Decide(Bound));
        Assert.Equal(PairVerdict.Inconclusive, PairEstimate.Of([]).Decide(Bound));
    }

    [Fact]
    public void A_second_start_of_one_block_within_the_scatter_is_no_start_that_differs()
    {
        double[] first = [.. Enumerable.Range(0, 60).Select(number => 0.1 * ((number % 5) - 2))];

        var (one, both) = (PairEstimate.Of([first]), PairEstimate.Of([first, [0.1]]));

        Assert.InRange(both.HalfWidth / one.HalfWidth, 0.8, 1.1);
    }

    [Fact]
    public void Starts_that_differ_widen_the_interval()
    {
        double[] one = [.. Enumerable.Range(0, 30).Select(number => 0.002 * (number % 3))];
        double[] other = [.. one.Select(value => value - 0.3)];

        Assert.True(PairEstimate.Of([one, other]).HalfWidth > 3 * PairEstimate.Of([one, one]).HalfWidth);
    }

    [Fact]
    public void Neighbours_that_go_together_count_for_less()
    {
        double[] alternating = [.. Enumerable.Range(0, 40).Select(number => number % 2 == 0 ? 0.05 : -0.05)];
        double[] slowly = [.. Enumerable.Range(0, 40).Select(number => number % 20 < 10 ? 0.05 : -0.05)];

        var (free, bound) = (PairEstimate.Of([alternating, alternating]), PairEstimate.Of([slowly, slowly]));

        Assert.Equal(0, free.Correlation);
        Assert.InRange(bound.Correlation, 0.5, 1);
        Assert.True(bound.HalfWidth > 1.5 * free.HalfWidth);
    }

    private static int Count(PairVerdict verdict, double truth, double noise, double correlation, double startSpread) =>
        Verdicts(truth, noise, correlation, startSpread).Count(seen => seen == verdict);

    private static PairVerdict[] Verdicts(double truth, double noise, double correlation, double startSpread) =>
        [.. Enumerable.Range(0, Measurings).AsParallel().AsOrdered().Select(seed => Measure(seed, truth, noise, correlation, startSpread))];

    private static PairVerdict Measure(int seed, double truth, double noise, double correlation, double startSpread)
    {
        const int Starts = 4, BlocksOfStart = 30;
        var random = new Random(seed);
        var starts = new List<List<double>>();
        for (var start = 0; start < Starts; start++)
        {
            var own = truth + (startSpread * Normal(random));
            var (blocks, before) = (new List<double>(), Normal(random));
            starts.Add(blocks);
            for (var block = 0; block < BlocksOfStart; block++)
            {
                before = (correlation * before) + (Math.Sqrt(1 - (correlation * correlation)) * Normal(random));
                blocks.Add(own + (noise * before));
                if (block % 2 == 1 && PairEstimate.Of(starts).Decide(Bound) is not PairVerdict.Inconclusive and var settled)
                    return settled;
            }
        }

        return PairVerdict.Inconclusive;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
