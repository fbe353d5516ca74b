using Experiments.Analysis.Gating;
using Experiments.Core.Matrix;

namespace Experiments.Analysis.Advising;

/// <summary>A configuration that could be recommended.</summary>
/// <param name="Trials">Its trials, all measured.</param>
/// <param name="Throughput">Its throughput, robust against single outliers, samples a second.</param>
/// <param name="PeakBytes">Its worst peak, or null when memory was not measured.</param>
internal sealed record Candidate(ConfigurationTrials Trials, double Throughput, double? PeakBytes)
{
    public Configuration Configuration => Trials.Configuration;
}
