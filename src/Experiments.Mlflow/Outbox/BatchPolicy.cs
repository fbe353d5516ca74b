namespace Experiments.Mlflow.Outbox;

/// <summary>Says when what was gathered is passed on: when it is large enough, or old enough.</summary>
internal sealed record BatchPolicy(int MaxPoints, TimeSpan MaxAge)
{
    /// <summary>How long to wait yet; zero or less: now; null: there is nothing to wait for.</summary>
    public TimeSpan? DueIn(int operations, int points, TimeSpan age)
    {
        if (operations == 0)
        {
            return null;
        }

        return points >= MaxPoints ? TimeSpan.Zero : MaxAge - age;
    }
}
