namespace Experiments.Core.Definitions;

/// <summary>How long a trial is measured where its definition states no number of steps.</summary>
public static class MeasuringTime
{
    /// <summary>Seconds that the measured steps take together, at the least. In less, one pause of the machine decides the throughput.</summary>
    public const double Seconds = 3;

    /// <summary>Measured steps, at the least.</summary>
    public const int LeastSteps = 20;

    /// <summary>Whether a trial has been measured for long enough.</summary>
    /// <param name="steps">Measured steps so far.</param>
    /// <param name="seconds">Their time together.</param>
    public static bool IsEnough(int steps, double seconds) => steps >= LeastSteps && seconds >= Seconds;
}
