namespace Experiments.Core.Diagnostics;

/// <summary>EXP4xxx: results that could not be recorded or reported. They never fail a sweep.</summary>
public static class TrackingDiagnostics
{
    /// <summary>A report or another observer of the sweep failed or did not answer.</summary>
    public static DiagnosticRule ObserverFailed { get; } =
        new("EXP4002", "An observer of the sweep failed", "The sweep's results are complete in its folder; mend what the message names and run experiments publish.");

    /// <summary>The pictures of memory over time could not be drawn.</summary>
    public static DiagnosticRule NotDrawn { get; } =
        new("EXP4004", "Pictures could not be drawn", "Nothing else is missing: telemetry.csv in each trial's folder has the figures. Pictures need SkiaSharp's native library, which is there for x64 and arm64 of Linux (glibc), Windows and macOS.");

    /// <summary>MLflow could not be read.</summary>
    public static DiagnosticRule NotRead { get; } =
        new("EXP4003", "Earlier results could not be read from MLflow", "Start the store, or compare with the accepted file: gates.baseline.source: file.");

    /// <summary>The tracking URI is of a kind that nothing here writes.</summary>
    public static DiagnosticRule UnknownStore { get; } =
        new("EXP4005", "The tracking URI is of no kind that is known", "Name a server (http://host:5000, https://…) or a database (sqlite:///mlflow.db) by mlflow.tracking_uri or MLFLOW_TRACKING_URI. A folder of runs: mlflow server --backend-store-uri ./mlruns serves it.");

    /// <summary>The results of an earlier sweep are there and cannot be read.</summary>
    public static DiagnosticRule UnreadableSweep { get; } =
        new("EXP4006", "An earlier sweep cannot be read", "Nothing of the new sweep is missing. Restore the file, or delete the folder of that sweep.");

    /// <summary>The MLflow experiment is deleted.</summary>
    public static DiagnosticRule ExperimentDeleted { get; } =
        new("EXP4007", "The MLflow experiment is deleted", "Restore it (mlflow experiments restore -x ID, or the pages' trash) or name another one by mlflow.experiment; then run experiments publish. Results are safe in the sweep's folder.");

    /// <summary>MLflow could not be written.</summary>
    public static DiagnosticRule NotRecorded { get; } =
        new("EXP4001", "Results could not be recorded in MLflow", "They are safe in the sweep's folder; run experiments publish when the store is there again.");
}
