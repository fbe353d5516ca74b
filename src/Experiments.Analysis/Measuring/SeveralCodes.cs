using Experiments.Analysis.Gating;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;

namespace Experiments.Analysis.Measuring;

/// <summary>Whether a sweep was continued, or trials of it were repeated, with other code than it began with.</summary>
internal static class SeveralCodes
{
    /// <summary>A warning that names the codes; null where there is one.</summary>
    public static Diagnostic? Warning(SweepResult sweep, GateContext context)
    {
        var other = sweep.Trials.Where(trial => trial.Code is not null).ToArray();
        if (other.Length == 0 && sweep.OtherCode.Count == 0)
            return null;
        var codes = string.Join(", then ", other.Select(trial => trial.Code!).Concat(sweep.OtherCode).Distinct());
        var began = new CodeState(sweep.Commit, sweep.Dirty, sweep.DiffHash);
        return GateDiagnostics.SeveralCodes.Warning(
            other.Length == 0 ? $"it began with {began} and was continued with {codes}"
                : $"{other.Length} of {Quantity.Count(sweep.Trials.Count, "trial")} ran with {codes}, the sweep began with {began}",
            context.Definition.PositionOf("train"));
    }
}
