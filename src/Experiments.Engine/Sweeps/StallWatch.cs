namespace Experiments.Engine.Sweeps;

/// <summary>Notices that a trial has told nothing for too long.</summary>
/// <param name="limit">How long is too long; null: nothing is.</param>
/// <param name="output">A file whose growth tells something as well, or null.</param>
/// <param name="time">The clock.</param>
internal sealed class StallWatch(TimeSpan? limit, string? output, TimeProvider time)
{
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _since = time.GetTimestamp();
    private long _length;

    /// <summary>Ends when it is too long.</summary>
    internal Task Stalled => _stalled.Task;

    /// <summary>How long nothing has been told.</summary>
    internal TimeSpan Quiet => time.GetElapsedTime(_since);

    /// <summary>Takes note of what the trial told since the last look.</summary>
    /// <param name="hasTold">Whether there were events.</param>
    internal void Look(bool hasTold)
    {
        if (hasTold | HasGrown())
            _since = time.GetTimestamp();
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
