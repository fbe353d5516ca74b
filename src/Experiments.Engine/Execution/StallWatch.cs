namespace Experiments.Engine.Execution;

/// <summary>Notices that a trial has told nothing for too long.</summary>
/// <param name="limit">How long is too long; null: nothing is.</param>
/// <param name="output">A file whose growth tells something as well, or null.</param>
/// <param name="time">The clock.</param>
internal sealed class StallWatch(TimeSpan? limit, string? output, TimeProvider time)
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _since = time.GetTimestamp();
    private long _length;
    private Func<TimeSpan> _frozenTime = () => TimeSpan.Zero;
    private TimeSpan _frozenBefore;

    /// <summary>Ends when it is too long.</summary>
    internal Task Stalled => _stalled.Task;

    /// <summary>How long nothing has been told. Time in which the trial was stopped does not count.</summary>
    internal TimeSpan Quiet => time.GetElapsedTime(_since) - (_frozenTime() - _frozenBefore);

    /// <summary>Is told how long the trial has been stopped so far.</summary>
    /// <param name="frozenTime">All times together.</param>
    internal void Watch(Func<TimeSpan> frozenTime) => (_frozenTime, _frozenBefore) = (frozenTime, frozenTime());

    /// <summary>Takes note of what the trial told since the last look.</summary>
    /// <param name="hasTold">Whether there were events.</param>
    internal void Look(bool hasTold)
    {
        if (hasTold | HasGrown())
            (_since, _frozenBefore) = (time.GetTimestamp(), _frozenTime());
        else if (Quiet >= limit)
            _stalled.TrySetResult();
    }

    private bool HasGrown()
    {
        var (before, file) = (_length, output is null ? null : new FileInfo(output));
        _length = file is { Exists: true } ? file.Length : 0;
        return _length > before;
    }
}
