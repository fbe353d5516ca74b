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

    /// <summary>MLflow could not be written.</summary>
    public static DiagnosticRule NotRecorded { get; } =
        new("EXP4001", "Results could not be recorded in MLflow", "They are safe in the sweep's folder; run experiments publish when the store is there again.");
}
