namespace Experiments.Core.Definitions;

/// <summary>Where runs are recorded.</summary>
public sealed record MlflowTarget
{
    /// <summary>The MLflow experiment; default: the definition's name.</summary>
    public string? Experiment { get; init; }

    /// <summary><c>http(s)://…</c> or <c>sqlite:///…</c>; null: MLFLOW_TRACKING_URI, else <c>sqlite:///mlflow.db</c>.</summary>
    public string? TrackingUri { get; init; }
}
