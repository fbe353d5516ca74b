using Experiments.Core.Pairs;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>What fresh processes say of the answer that segments of one run gave.</summary>
public static class TuningConfirmation
{
    /// <summary>The answer with the pair; where the pair is certain that the chosen setting is slower than the script's own, the own one is the answer.</summary>
    /// <param name="report">The answer of the segments.</param>
    /// <param name="pair">The chosen setting against the script's own; null: none was measured.</param>
    public static TuningReport With(this TuningReport report, PairComparison? pair)
    {
        if (pair is null)
            return report;
        var contradicts = pair.Verdict == PairVerdict.Slower && pair.ChangeHigh < 0;
        return report with
        {
            Pair = pair,
            Chosen = contradicts ? report.Own : report.Chosen,
            Reasons = contradicts ? [.. report.Reasons, $"As fresh processes {report.Chosen} is slower than {report.Own}: the setting that the script has stays."] : report.Reasons,
        };
    }
}
