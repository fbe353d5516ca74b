namespace Experiments.Mlflow;

/// <summary>How a store is reached. Each default is what MLflow's Python client does.</summary>
public sealed record MlflowOptions
{
    /// <summary>
    /// <c>sqlite:///relative.db</c>, <c>sqlite:////absolute.db</c>, <c>http://…</c> or <c>https://…</c>.
    /// Null: the environment variable <c>MLFLOW_TRACKING_URI</c>, and without it <c>sqlite:///mlflow.db</c>.
    /// </summary>
    public string? TrackingUri { get; init; }

    /// <summary>
    /// Where new experiments of an SQLite database keep artifacts. Null: the folder <c>mlartifacts</c> beside the database.
    /// </summary>
    public string? ArtifactRoot { get; init; }

    /// <summary>Hears of what was done knowingly: a value cut, a call repeated. It must be quick and must not throw. Null: nobody does.</summary>
    public Action<MlflowWarning>? OnWarning { get; init; }

    /// <summary>How calls to a server are repeated.</summary>
    public MlflowRetryOptions Retry { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
