using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Tests.Statistics;

public class StatisticsTests
{
    // Tables of Student's t: upper critical values, e.g. NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
    [Theory]
    [InlineData(0.05, 1, 6.314)]
    [InlineData(0.01, 2, 6.965)]
    [InlineData(0.025, 10, 2.228)]
    [InlineData(0.001, 30, 3.385)]
    [InlineData(0.001, 1e9, 3.090)]
    public void Quantiles_of_students_t_are_those_of_the_tables(double tail, double degrees, double expected)
    {
        Assert.Equal(expected, StudentT.UpperQuantile(tail, degrees), 3);
        Assert.Equal(tail, StudentT.LowerTail(-expected, degrees), 4);
    }

    // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.3: upper critical values of the F distribution.
    [Theory]
    [InlineData(0.05, 3, 10, 3.708)]
    [InlineData(0.01, 5, 20, 4.103)]
    public void Quantiles_of_fishers_f_are_those_of_the_tables(double tail, double above, double below, double ratio) =>
        Assert.Equal(tail, FisherF.UpperTail(ratio, above, below), 4);

    // ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, ψ′(1) = π²/6, ψ′(1/2) = π²/2 (Abramowitz and Stegun 6.3.2, 6.3.3, 6.4.2, 6.4.4).
    [Fact]
    public void The_polygamma_functions_take_their_known_values()
    {
        const double Gamma = 0.57721566490153286;
        Assert.Equal(-Gamma, PolyGamma.Digamma(1), 10);
        Assert.Equal(-Gamma - 2 * Math.Log(2), PolyGamma.Digamma(0.5), 10);
        Assert.Equal(Math.PI * Math.PI / 6, PolyGamma.Trigamma(1), 10);
        Assert.Equal(Math.PI * Math.PI / 2, PolyGamma.Trigamma(0.5), 10);
        foreach (var x in new[] { 0.01, 0.5, 3, 40, 2000 })
            Assert.Equal(1, PolyGamma.InverseTrigamma(PolyGamma.Trigamma(x)) / x, 6);
    }

    // Holm 1979; the same numbers as R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
    [Fact]
    public void Holms_correction_gives_the_known_values()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        Assert.Equal(expected, HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005]).Select(value => Math.Round(value, 12)));
        Assert.Empty(HolmCorrection.Adjust([]));
    }

    [Fact]
    public void The_center_follows_shift_and_scale_and_ignores_one_outlier_of_five()
    {
        double[] values = [1, 2, 3, 4, 5];
        Assert.Equal(3, RobustLocation.Center(values));
        Assert.Equal(3 * 2 + 7, RobustLocation.Center([.. values.Select(value => value * 2 + 7)]));
        Assert.InRange(RobustLocation.Center([1, 2, 3, 4, 5000]), 2, 4);
        Assert.Throws<ArgumentException>(() => RobustLocation.Median([]));
    }

    [Fact]
    public void Equal_variances_are_pooled_and_unequal_ones_kept_apart()
    {
        var random = new Random(3);
        (double, double)[] Draw(Func<int, double> deviation) =>
            [.. Enumerable.Range(0, 200).Select(group => (Enumerable.Range(0, 8).Sum(_ => Math.Pow(deviation(group) * SampleSweep.Normal(random), 2)) / 8, 8.0))];

        var alike = ModeratedVariance.Fit(Draw(_ => 2))!;
        var unlike = ModeratedVariance.Fit(Draw(group => group % 2 == 0 ? 1 : 4))!;

        Assert.InRange(alike.Prior, 3.5, 4.5);
        Assert.True(alike.PriorDegrees > 50);
        Assert.InRange(unlike.PriorDegrees, 0.5, 6);
        Assert.True(unlike.For(16, 8).Variance > 4 * unlike.For(1, 8).Variance);
        Assert.Null(ModeratedVariance.Fit([(1, 0)]));
    }
}
