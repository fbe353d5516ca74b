using Experiments.Core.Results;

namespace Experiments.Analysis.Text;

/// <summary>The word of each verdict, the same everywhere.</summary>
public static class VerdictWords
{
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
