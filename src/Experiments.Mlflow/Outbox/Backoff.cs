namespace Experiments.Mlflow.Outbox;

/// <summary>The pause after the n-th failure in a row: twice as long each time up to a limit, shortened at random by up to a half.</summary>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <param name="failures">Failures in a row, at least 1.</param>
    /// <param name="random">At least 0, less than 1.</param>
    public TimeSpan After(int failures, double random)
    {
        var doubled = First.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30));
        return TimeSpan.FromMilliseconds(Math.Min(doubled, Longest.TotalMilliseconds) * (1 - (random / 2)));
    }
}
