using Experiments.Datasets.Randomness;

namespace Experiments.Datasets.Tests.Randomness;

public sealed class GaussianTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963985)]
    [InlineData(0.01, -2.326347874)]
    [InlineData(0.999, 3.090232306)]
    public void Quantiles_are_those_of_the_tables(double probability, double quantile) =>
        Assert.Equal(quantile, NormalQuantile.At(probability), 7);

    [Fact]
    public void Noise_has_mean_0_and_standard_deviation_1()
    {
        var values = new float[200_003];
        var random = new RandomStream(7, 1);
        Gaussian.Fill(ref random, values);
        var mean = values.Average(value => (double)value);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(mean, -0.01, 0.01);
        Assert.InRange(deviation, 0.99, 1.01);
    }

    [Fact]
    public void Neighbouring_streams_are_unrelated()
    {
        var (a, b) = (new float[100_000], new float[100_000]);
        var (first, second) = (new RandomStream(0, 5, 1, 0), new RandomStream(0, 5, 1, 1));
        Gaussian.Fill(ref first, a);
        Gaussian.Fill(ref second, b);
        Assert.InRange(a.Zip(b, (x, y) => (double)x * y).Average(), -0.015, 0.015);
    }

    [Fact]
    public void Numbers_below_a_limit_are_even()
    {
        var random = new RandomStream(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[random.Next(counts.Length)]++;
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
    }
}
