namespace Experiments.PyTorch.Diagnosis;

/// <summary>How grave a diagnosis is.</summary>
public enum DiagnosisSeverity
{
    /// <summary>The trial is slower or bigger than it need be, or measured something else than was asked.</summary>
    Warning,

    /// <summary>Why the trial failed or was not measured.</summary>
    Error,
}
