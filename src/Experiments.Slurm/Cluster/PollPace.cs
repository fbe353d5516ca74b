namespace Experiments.Slurm.Cluster;

/// <summary>How long to wait before the next look: longer and longer while nothing changes. Pure.</summary>
/// <param name="first">After a change.</param>
/// <param name="most">At most.</param>
internal sealed class PollPace(TimeSpan first, TimeSpan most)
{
    private const double Growth = 1.3;

    private TimeSpan? _current;

    /// <summary>The time to wait.</summary>
    public TimeSpan Current => _current ?? first;

    /// <summary>A look was had.</summary>
    /// <param name="hasChanged">Whether anything had changed.</param>
    public void Look(bool hasChanged) => _current = hasChanged ? first : TimeSpan.FromTicks(Math.Min((long)(Current.Ticks * Growth), most.Ticks));
}
