using Experiments.Core.Diagnostics;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Why a trial failed, was not measured or is slow.</summary>
public sealed record TrialDiagnosis
{
    private const int LongestEvidence = 400;

    /// <summary>The rule, one of <see cref="PyTorchDiagnostics"/>.</summary>
    public required DiagnosticRule Rule { get; init; }

    /// <summary>An error explains a failure; a warning says why the trial is slower or bigger than it need be, or measured something else than was asked.</summary>
    public required DiagnosticSeverity Severity { get; init; }

    /// <summary>What it is told from: the line of stderr, the counter, the figures.</summary>
    public required string Evidence { get; init; }

    /// <summary>A line to paste: an argument, a setting, a command.</summary>
    public required string Remedy { get; init; }

    /// <summary><c>EXP31nn</c>.</summary>
    public string Code => Rule.Code;

    /// <summary>The diagnosis as a message: cause, evidence, remedy.</summary>
    public Diagnostic ToDiagnostic()
    {
        var evidence = Evidence.Length <= LongestEvidence ? Evidence : Evidence[..LongestEvidence] + "…";
        var message = $"{Rule.Title}: {evidence}; try: {Remedy}";
        return Severity == DiagnosticSeverity.Error ? Rule.Error(message) : Rule.Warning(message);
    }
}
