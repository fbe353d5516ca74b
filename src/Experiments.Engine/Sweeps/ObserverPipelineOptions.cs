namespace Experiments.Engine.Sweeps;

/// <summary>How long observers may take.</summary>
public sealed record ObserverPipelineOptions
{
    /// <summary>Longest time of a call; then the observer is given up. Default 1 minute.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest time that a sweep's end waits for an observer to catch up. Default 5 minutes.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Calls that may wait for an observer; above it, progress is dropped (starts and ends never are). Default 256.</summary>
    public int Capacity { get; init; } = 256;

    /// <summary>The clock; default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
