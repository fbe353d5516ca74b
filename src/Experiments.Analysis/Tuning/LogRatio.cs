namespace Experiments.Analysis.Tuning;

/// <summary>The logarithm of the ratio of two throughputs.</summary>
/// <param name="Mean">The estimate.</param>
/// <param name="HalfWidth">Half of its confidence interval; infinite where one block says nothing of the noise.</param>
internal sealed record LogRatio(double Mean, double HalfWidth)
{
    public double From => Mean - HalfWidth;

    public double To => Mean + HalfWidth;
}
