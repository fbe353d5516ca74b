using Perfolizer.Mathematics.Functions;

namespace Experiments.Analysis.Statistics;

/// <summary>Fisher's F distribution, of ratios of variances.</summary>
public static class FisherF
{
    /// <summary>P(F ≥ ratio).</summary>
    /// <param name="ratio">The ratio of variances, at least 0.</param>
    /// <param name="above">Degrees of freedom of the upper variance.</param>
    /// <param name="below">Degrees of freedom of the lower variance.</param>
    public static double UpperTail(double ratio, double above, double below) =>
        ratio <= 0 ? 1 : BetaFunction.RegularizedIncompleteValue(below / 2, above / 2, below / (below + above * ratio));
}
