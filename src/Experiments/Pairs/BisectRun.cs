using Experiments.Core.Pairs;
using Experiments.Core.Results;

namespace Experiments.Pairs;

/// <summary>A search for a commit and where it lies.</summary>
/// <param name="Report">What was measured and found.</param>
/// <param name="Folder">The folder of the trials' logs and of <c>bisection.json</c>.</param>
public sealed record BisectRun(BisectionReport Report, string Folder)
{
    /// <summary>0: the commit is found, or nothing is slower; 3: not measured; 4: not certain.</summary>
    public int ExitCode => Report.Verdict switch
    {
        BisectionVerdict.Found or BisectionVerdict.NotSlower => ExitCodes.Pass,
        BisectionVerdict.NotMeasured => ExitCodes.TrialFailed,
        _ => ExitCodes.Inconclusive,
    };
}
