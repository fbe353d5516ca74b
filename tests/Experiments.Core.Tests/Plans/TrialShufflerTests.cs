using Experiments.Core.Plans;

namespace Experiments.Core.Tests.Plans;

public class TrialShufflerTests
{
    [Fact]
    public void The_stream_is_that_of_the_reference_implementation()
    {
        // First outputs of splitmix64.c (https://prng.di.unimi.it/splitmix64.c) for the state 0.
        var shuffler = new TrialShuffler(seed: 0, round: 0);

        Assert.Equal([0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL], [shuffler.Next(), shuffler.Next(), shuffler.Next()]);
    }

    [Fact]
    public void An_order_never_changes_between_versions()
    {
        var items = Enumerable.Range(0, 12).ToArray();
        new TrialShuffler(seed: 42, round: 1).Shuffle<int>(items);

        Assert.Equal("3 0 9 10 7 5 2 11 8 1 6 4", string.Join(' ', items));
    }

    [Fact]
    public void Every_order_is_about_equally_likely()
    {
        var counts = new Dictionary<string, int>();
        for (var seed = 0; seed < 24_000; seed++)
        {
            var items = "abcd".ToCharArray();
            new TrialShuffler(seed, round: 2).Shuffle<char>(items);
            counts[new string(items)] = counts.GetValueOrDefault(new string(items)) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 850, 1150)); // 1000 ± 5 standard deviations
    }
}
