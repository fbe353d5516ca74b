using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Text;

/// <summary>The word of each verdict, the same everywhere.</summary>
public static class VerdictWords
{
    /// <summary>The word of a whole sweep; of a pass that no baseline, or only part of one, was there for it says so.</summary>
    /// <param name="assessment">The judgement.</param>
    public static string Of(Assessment assessment) => Of(assessment.Verdict)
        + (assessment.Verdict != VerdictKind.Pass || NotCompared(assessment) is not { } why ? ""
            : why.Code == GateDiagnostics.BaselineLacksMetric.Code ? ", in part compared with no baseline" : ", compared with no baseline");

    /// <summary>Why a sweep was compared with no baseline, though a gate asks for it; null where it was.</summary>
    /// <param name="assessment">The judgement.</param>
    public static Diagnostic? NotCompared(Assessment assessment) =>
        assessment.Diagnostics.FirstOrDefault(one => one.Severity == DiagnosticSeverity.Warning && (one.Code == GateDiagnostics.MissingBaseline.Code || one.Code == GateDiagnostics.OtherMachine.Code || one.Code == GateDiagnostics.BaselineLacksMetric.Code));

    /// <summary>The word, such as <c>blown up</c>.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not a verdict.</exception>
    public static string Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Pass => "pass",
        VerdictKind.EnvironmentChanged => "environment changed",
        VerdictKind.Inconclusive => "inconclusive",
        VerdictKind.NotMeasured => "not measured",
        VerdictKind.Failed => "failed",
        VerdictKind.ArgumentsRefused => "arguments refused",
        VerdictKind.Regressed => "regressed",
        VerdictKind.Foreseen => "foreseen to blow up",
        VerdictKind.BlownUp => "blown up",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };
}
