using CsCheck;
using Experiments.Data.Sampling;

namespace Experiments.Data.Tests.Sampling;

public sealed class SamplerTests
{
    [Fact]
    public void A_shuffled_order_holds_every_sample_once() => Gen.Select(Gen.Int[0, 300], Gen.ULong, Gen.Int[0, 9]).Sample(
        (count, seed, epoch) => new RandomSampler().Order(count, seed, epoch).Order().SequenceEqual(Enumerable.Range(0, count)));

    [Fact]
    public void Orders_differ_by_epoch_and_by_seed_and_are_repeatable()
    {
        var sampler = new RandomSampler();
        Assert.NotEqual(sampler.Order(100, 1, 0), sampler.Order(100, 1, 1));
        Assert.NotEqual(sampler.Order(100, 1, 0), sampler.Order(100, 2, 0));
        Assert.Equal(sampler.Order(100, 1, 7), sampler.Order(100, 1, 7));
    }

    // Worked out by a second implementation. What was drawn in one version must be drawn in the next: a resumed training depends on it.
    [Fact]
    public void The_order_of_a_seed_is_fixed() => Assert.Equal(Golden, new RandomSampler().Order(12, 42, 3));

    private static readonly int[] Golden = [9, 8, 7, 4, 6, 3, 0, 10, 2, 1, 5, 11];

    [Fact]
    public void Every_position_is_equally_likely()
    {
        var counts = new int[5];
        for (var epoch = 0; epoch < 10_000; epoch++)
        {
            counts[Array.IndexOf(new RandomSampler().Order(5, 3, epoch), 0)]++;
        }

        // Binomial(10,000, 1/5): six standard deviations are 240.
        Assert.All(counts, count => Assert.InRange(count, 2000 - 240, 2000 + 240));
    }

    [Fact]
    public void Weights_decide_how_often_a_sample_is_drawn()
    {
        var order = new WeightedSampler([0, 1, 3, 0], draws: 8000).Order(4, 1, 0);
        Assert.Equal(8000, order.Length);
        Assert.DoesNotContain(0, order);
        Assert.DoesNotContain(3, order);
        Assert.InRange(order.Count(sample => sample == 2), 6000 - 240, 6000 + 240);
        Assert.Throws<ArgumentException>(() => new WeightedSampler([0, 0]));
        Assert.Throws<ArgumentException>(() => new WeightedSampler([1, -1]));
        Assert.Throws<InvalidOperationException>(() => new WeightedSampler([1, 1]).Order(3, 1, 0));
    }
}
