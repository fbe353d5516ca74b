using System.Diagnostics;

namespace Experiments.Bench.Loader;

/// <summary>A consumer that computes on one core.</summary>
internal static class Consumer
{
    private static double _sink;

    public static void Compute(int milliseconds)
    {
        var start = Stopwatch.GetTimestamp();
        while (milliseconds > 0 && Stopwatch.GetElapsedTime(start).TotalMilliseconds < milliseconds)
        {
            for (var i = 1; i < 1000; i++)
            {
                _sink += Math.Sqrt(i);
            }
        }
    }
}
