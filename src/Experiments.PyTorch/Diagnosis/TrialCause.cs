namespace Experiments.PyTorch.Diagnosis;

/// <summary>What a diagnosis code means. A code never changes its meaning.</summary>
/// <param name="Code"><c>EXP31nn</c>.</param>
/// <param name="Severity">Whether it explains a failure or warns.</param>
/// <param name="Title">The cause, in a few words.</param>
/// <param name="Remedy">The usual remedy, for the table of codes; a diagnosis carries its own, with the trial's figures.</param>
public sealed record TrialCause(string Code, DiagnosisSeverity Severity, string Title, string Remedy)
{
    internal TrialDiagnosis Because(string evidence, string? remedy = null) =>
        new() { Code = Code, Severity = Severity, Cause = Title, Evidence = evidence, Remedy = remedy ?? Remedy };
}
