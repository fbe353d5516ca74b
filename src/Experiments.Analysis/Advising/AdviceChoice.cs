using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>A recommendation and what it was chosen from.</summary>
/// <param name="Chosen">The recommended candidate.</param>
/// <param name="Best">The fastest candidate whose memory fits.</param>
/// <param name="Fitting">All candidates whose memory fits.</param>
/// <param name="RuledOut">Configurations that cannot be recommended.</param>
internal sealed record AdviceChoice(Candidate Chosen, Candidate Best, IReadOnlyList<Candidate> Fitting, IReadOnlyList<ConfigurationVerdict> RuledOut);
