using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>The t quantiles of one comparison; most configurations share their degrees of freedom.</summary>
internal sealed class QuantileCache(double level)
{
    /// <summary>The chance of missing that "could have seen" allows: one case in five.</summary>
    private const double Missing = 0.2;

    private readonly Dictionary<double, (double Significance, double Power)> known = [];

    public double Significance(double degrees) => Of(degrees).Significance;

    public double Power(double degrees) => Of(degrees).Power;

    private (double Significance, double Power) Of(double degrees)
    {
        if (!known.TryGetValue(degrees, out var quantiles))
            known[degrees] = quantiles = (StudentT.UpperQuantile(level, degrees), StudentT.UpperQuantile(Missing, degrees));
        return quantiles;
    }
}
