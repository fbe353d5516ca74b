using Perfolizer.Mathematics.Distributions.ContinuousDistributions;
using Perfolizer.Mathematics.Functions;

namespace Experiments.Analysis.Statistics;

/// <summary>Student's t distribution, precise in its tails, where corrected significance levels live.</summary>
public static class StudentT
{
    /// <summary>Above this, the normal distribution differs in the seventh digit only.</summary>
    private const double NormalFrom = 1e6;

    /// <summary>P(T ≤ t).</summary>
    /// <param name="t">The statistic.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom, above 0; need not be whole.</param>
    public static double LowerTail(double t, double degreesOfFreedom)
    {
        if (double.IsInfinity(t))
            return t < 0 ? 0 : 1;
        if (degreesOfFreedom >= NormalFrom)
            return NormalDistribution.Standard.Cdf(t);
        var tail = 0.5 * BetaFunction.RegularizedIncompleteValue(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t));
        return t <= 0 ? tail : 1 - tail;
    }

    /// <summary>The t that is exceeded with a small chance.</summary>
    /// <param name="tail">The chance, above 0 and at most 0.5.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom, above 0.</param>
    public static double UpperQuantile(double tail, double degreesOfFreedom)
    {
        double low = 0, high = 1;
        while (LowerTail(-high, degreesOfFreedom) > tail && high < 1e12)
            high *= 2;
        for (var i = 0; i < 80 && high - low > 1e-10 * high; i++)
        {
            var middle = (low + high) / 2;
            if (LowerTail(-middle, degreesOfFreedom) > tail)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
