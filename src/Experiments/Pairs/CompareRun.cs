using Experiments.Core.Pairs;
using Experiments.Core.Results;

namespace Experiments.Pairs;

/// <summary>A comparison and where it lies.</summary>
/// <param name="Report">The pairs.</param>
/// <param name="Folder">The folder of the trials' logs and of <c>comparison.json</c>.</param>
public sealed record CompareRun(ComparisonReport Report, string Folder)
{
    /// <summary>1: something is slower than the bound; 3: something was not measured; 4: something is not settled; else 0.</summary>
    public int ExitCode =>
        Has(PairVerdict.Slower) ? ExitCodes.GateFailed
        : Has(PairVerdict.NotMeasured) ? ExitCodes.TrialFailed
        : Has(PairVerdict.Inconclusive) ? ExitCodes.Inconclusive
        : ExitCodes.Pass;

    private bool Has(PairVerdict verdict) => Report.Pairs.Any(pair => pair.Verdict == verdict);
}
