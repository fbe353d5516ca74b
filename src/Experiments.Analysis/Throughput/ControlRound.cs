using Experiments.Analysis.Statistics;
using Experiments.Core.Plans;

namespace Experiments.Analysis.Throughput;

/// <summary>What the control trials of a small extra round say of the machine.</summary>
internal static class ControlRound
{
    /// <summary>How much faster the round's controls ran than in the rounds whose drift is known, as a logarithm; 0 without controls.</summary>
    public static double Effect(IReadOnlyList<ThroughputSeries> all, int round, MachineDrift drift)
    {
        var differences = new List<double>();
        foreach (var series in all)
        {
            var usual = series.Current.Where(trial => drift.Effects.ContainsKey(trial.Round))
                .Select(trial => Math.Log(trial.SamplesPerSecond) - drift.Of(trial.Round)).ToArray();
            if (usual.Length > 0)
                differences.AddRange(series.Current.Where(trial => trial.Round == round && trial.Purpose == TrialPurpose.Control)
                    .Select(trial => Math.Log(trial.SamplesPerSecond) - usual.Average()));
        }

        return differences.Count == 0 ? 0 : RobustLocation.Median(differences);
    }
}
