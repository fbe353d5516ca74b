using Experiments.Analysis.Pairs;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Pairs;
using Experiments.Core.Results;

namespace Experiments.Analysis.Gating;

/// <summary>Throughput against old code, each configuration in a pair of its own. Without <c>gates.throughput.against</c> it says nothing.</summary>
internal sealed class PairGate(SweepResult sweep, GateContext context)
{
    private const double UsualBoundPercent = 5;
    private readonly Dictionary<string, PairComparison> _pairs = sweep.Pairs.DistinctBy(pair => pair.Configuration).ToDictionary(pair => pair.Configuration, StringComparer.Ordinal);

    private ThroughputBounds Bounds => context.Gates.Throughput;

    /// <summary>When the pairs of a sweep are settled: the chance of a false alarm is that of all configurations together. Null where none are asked for.</summary>
    public PairRule? Rule => Bounds.Against is not null
        ? new PairRule((Bounds.MaxRegressionPercent ?? UsualBoundPercent) / 100, Bounds.FalseAlarmRatePercent / 100 / Math.Max(1, sweep.Configurations.Count), Bounds.Budget) : null;

    /// <summary>The next configuration to compare: one that ran as it should.</summary>
    public Configuration? Next(IEnumerable<ConfigurationTrials> configurations) => Rule is null ? null : configurations
        .FirstOrDefault(trials => Ran(trials) && !_pairs.ContainsKey(trials.Configuration.Name))?.Configuration;

    public ThroughputChange? ChangeOf(ConfigurationTrials trials) =>
        Rule is not null && _pairs.GetValueOrDefault(trials.Configuration.Name) is { Blocks: > 0 } pair && double.IsFinite(pair.ChangeHigh)
            ? new ThroughputChange { ChangePercent = 100 * pair.Change, MinimumDetectablePercent = 100 * (pair.Change - pair.ChangeLow) } : null;

    public IEnumerable<Finding> Check(ConfigurationTrials trials)
    {
        if (Rule is not { } rule || !Ran(trials))
            return [];
        var position = context.PositionOf("throughput.against");
        return _pairs.GetValueOrDefault(trials.Configuration.Name) switch
        {
            { Verdict: PairVerdict.Slower } pair => [new(VerdictKind.Regressed, GateDiagnostics.SlowerThanOldCode.Error(
                $"throughput changed by {Seen(pair)}: more than {Quantity.Percent(100 * rule.Bound)} slower, in {Extent(pair)}{Witness(pair)}, at {trials.Configuration.Name}", position))],
            { Verdict: PairVerdict.Inconclusive } pair => [new(VerdictKind.Inconclusive, GateDiagnostics.Inconclusive.Error(
                $"throughput changed by {Seen(pair)}: {Extent(pair)} leave open whether it is more than {Quantity.Percent(100 * rule.Bound)} slower; a larger gates.throughput.budget would settle it, at {trials.Configuration.Name}", position))],
            { Verdict: PairVerdict.NotMeasured } pair => [NotMeasured(trials, pair.Note ?? "no reason is known", position)],
            null => [NotMeasured(trials, "its turn did not come; experiments resume continues the sweep", position)],
            _ => [],
        };
    }

    private static bool Ran(ConfigurationTrials trials) => trials.Ended.Count > 0 && trials.Ended.Count == trials.Measured.Count;

    private Finding NotMeasured(ConfigurationTrials trials, string reason, SourcePosition position) => new(VerdictKind.NotMeasured, GateDiagnostics.PairNotMeasured.Error(
        $"the code of {Bounds.Against} was not compared with: {reason}, at {trials.Configuration.Name}", position));

    private static string Seen(PairComparison pair) =>
        $"{Signed(pair.Change)} ({Signed(pair.ChangeLow)} to {Signed(pair.ChangeHigh)}) against {CommitName.Short(pair.Old ?? "")}";

    private static string Extent(PairComparison pair) => $"{Quantity.Count(pair.Blocks, "pair")} of turns of {Quantity.Count(pair.Starts, "start")}";

    private static string Witness(PairComparison pair) => pair.CpuChange is < 0 and var cpu ? $" (CPU time a sample says otherwise: {Signed(cpu)})" : "";

    private static string Signed(double change) => (change < 0 ? "−" : "+") + Quantity.Percent(100 * Math.Abs(change));
}
