namespace Experiments.Analysis.Statistics;

/// <summary>
/// The derivatives of the logarithm of the gamma function, for positive arguments: recurrence up to 10, then the asymptotic series.
/// Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.3.5, 6.3.18, 6.4.6 and 6.4.12.
/// </summary>
public static class PolyGamma
{
    private const double SeriesFrom = 10;

    /// <summary>The first derivative, ψ.</summary>
    /// <param name="x">Above 0.</param>
    public static double Digamma(double x)
    {
        var sum = 0.0;
        for (; x < SeriesFrom; x++)
            sum -= 1 / x;
        var inverse = 1 / (x * x);
        return sum + Math.Log(x) - 0.5 / x - inverse * (1.0 / 12 - inverse * (1.0 / 120 - inverse * (1.0 / 252 - inverse / 240)));
    }

    /// <summary>The second derivative, ψ′.</summary>
    /// <param name="x">Above 0.</param>
    public static double Trigamma(double x)
    {
        var sum = 0.0;
        for (; x < SeriesFrom; x++)
            sum += 1 / (x * x);
        var inverse = 1 / (x * x);
        return sum + 1 / x + inverse / 2 + inverse / x * (1.0 / 6 - inverse * (1.0 / 30 - inverse * (1.0 / 42 - inverse / 30)));
    }

    /// <summary>The x whose trigamma is the value: Newton's iteration on 1/ψ′, which is convex and nearly linear (as limma does).</summary>
    /// <param name="value">Above 0.</param>
    public static double InverseTrigamma(double value)
    {
        if (value > 1e7)
            return 1 / Math.Sqrt(value);
        if (value < 1e-6)
            return 1 / value;
        var x = 0.5 + 1 / value;
        for (var i = 0; i < 50; i++)
        {
            var trigamma = Trigamma(x);
            var step = trigamma * (1 - trigamma / value) / Tetragamma(x);
            x += step;
            if (-step / x < 1e-10)
                break;
        }

        return x;
    }

    private static double Tetragamma(double x)
    {
        var sum = 0.0;
        for (; x < SeriesFrom; x++)
            sum -= 2 / (x * x * x);
        var inverse = 1 / (x * x);
        return sum - inverse - inverse / x - inverse * inverse * (0.5 - inverse * (1.0 / 6 - inverse / 6));
    }
}
