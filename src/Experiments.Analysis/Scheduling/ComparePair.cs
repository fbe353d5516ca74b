using Experiments.Analysis.Pairs;
using Experiments.Core.Plans;

namespace Experiments.Analysis.Scheduling;

/// <summary>Today's code is compared with that which <c>gates.throughput.against</c> names.</summary>
/// <param name="Trial">The configuration of both sides.</param>
/// <param name="Rule">When it is settled.</param>
public sealed record ComparePair(PlannedTrial Trial, PairRule Rule) : Step;
