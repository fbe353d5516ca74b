namespace Experiments.Core.Diagnostics;

/// <summary>EXP4xxx: results that could not be recorded or reported. They never fail a sweep.</summary>
public static class TrackingDiagnostics
{
    /// <summary>MLflow could not be written.</summary>
    public static DiagnosticRule NotRecorded { get; } =
        new("EXP4001", "Results could not be recorded in MLflow", "They are safe in the sweep's folder; run experiments publish when the store is there again.");
}
