namespace Experiments.Reports.Console;

/// <summary>What the console shows besides the sweep itself.</summary>
public sealed record ConsoleReporterOptions
{
    /// <summary>Where runs are recorded, for the command that opens MLflow; null: they are not recorded. Default <c>sqlite:///mlflow.db</c>.</summary>
    public string? TrackingUri { get; init; } = "sqlite:///mlflow.db";

    /// <summary>The folder that paths are shown relative to; null: the current one.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The clock that the remaining time is told by.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
