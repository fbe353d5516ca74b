namespace Experiments.PyTorch.Diagnosis;

/// <summary>Why a trial failed, was not measured or is slow.</summary>
public sealed record TrialDiagnosis
{
    /// <summary><c>EXP31nn</c>, see <see cref="TrialCauses"/>.</summary>
    public required string Code { get; init; }

    /// <summary>Whether it explains a failure or warns.</summary>
    public required DiagnosisSeverity Severity { get; init; }

    /// <summary>The cause, in a few words.</summary>
    public required string Cause { get; init; }

    /// <summary>What it is told from: the line of stderr, the counter, the figures.</summary>
    public required string Evidence { get; init; }

    /// <summary>A line to paste: an argument, a setting, a command.</summary>
    public required string Remedy { get; init; }
}
