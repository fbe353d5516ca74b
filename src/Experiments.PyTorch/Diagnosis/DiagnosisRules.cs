using Experiments.Core.Diagnostics;

namespace Experiments.PyTorch.Diagnosis;

/// <summary>Makes diagnoses under a rule; the remedy is the rule's where the trial's figures give no better one.</summary>
internal static class DiagnosisRules
{
    public static TrialDiagnosis Because(this DiagnosticRule rule, string evidence, string? remedy = null) =>
        new() { Rule = rule, Severity = DiagnosticSeverity.Error, Evidence = evidence, Remedy = remedy ?? rule.Remedy };

    public static TrialDiagnosis WarningBecause(this DiagnosticRule rule, string evidence, string? remedy = null) =>
        new() { Rule = rule, Severity = DiagnosticSeverity.Warning, Evidence = evidence, Remedy = remedy ?? rule.Remedy };
}
