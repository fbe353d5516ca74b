namespace Experiments.Core.Diagnostics;

/// <summary>EXP5xxx: what the machine lacks.</summary>
public static class EnvironmentDiagnostics
{
    /// <summary>A CUDA device is asked for where there is none.</summary>
    public static DiagnosticRule NoCuda { get; } =
        new("EXP5001", "No CUDA device", "Use device: auto or cpu, or run on a machine with an NVIDIA GPU and the CUDA build.");
}
