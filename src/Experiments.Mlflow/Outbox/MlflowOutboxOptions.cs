namespace Experiments.Mlflow.Outbox;

/// <summary>How an outbox gathers, keeps and sends.</summary>
public sealed record MlflowOutboxOptions
{
    /// <summary>The experiment that all runs belong to; it is created if it is not there.</summary>
    public required string Experiment { get; init; }

    /// <summary>
    /// The folder that keeps what is not sent yet, one outbox at a time. What an earlier outbox left in it is sent first.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>How many metric points are gathered before they are passed on: 1000 by default, the most that a server takes at once.</summary>
    public int BatchPoints { get; init; } = 1000;

    /// <summary>How long anything waits to be gathered: 2 seconds by default.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many points memory holds at most: 1,000,000 by default. It is reached only where the disk takes nothing; further points are then
    /// dropped, counted and warned of.
    /// </summary>
    public int MaxPointsInMemory { get; init; } = 1_000_000;

    /// <summary>The pause after a first failure; each further one is twice as long. 1 second by default.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries: 30 seconds by default.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long closing waits for what is left to be sent: 10 seconds by default. The rest stays in the folder.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Hears of refused operations, dropped points and a server out of reach. It must be quick. Null: nobody does.</summary>
    public Action<MlflowWarning>? OnWarning { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
