using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>The candidates of one dataset, and which of them is chosen.</summary>
internal sealed class AdviceChoice
{
    /// <summary>A loss below this is not worth a worker: 3 %.</summary>
    public const double Near = 0.03;

    private readonly TieRule ties;
    private readonly SettingsWithoutEffect without;

    /// <summary>
    /// Chooses: of those that cannot be told from the best and lose no more than 3 % against it, by their figures or by what they waited, the one with the fewest workers, then without pinned
    /// memory, then with the least memory. What trials cannot tell is no reason to give up what their figures say.
    /// </summary>
    /// <param name="fitting">All candidates whose memory fits, at least one.</param>
    /// <param name="ties">When two throughputs cannot be told apart.</param>
    /// <param name="without">Settings that have no effect here.</param>
    public AdviceChoice(IReadOnlyList<Candidate> fitting, TieRule ties, SettingsWithoutEffect without)
    {
        (Fitting, this.ties, this.without) = (fitting, ties, without);
        Best = fitting.MaxBy(candidate => candidate.Throughput)!;
        LeastOtherShare = fitting.Min(candidate => candidate.OtherShare) ?? 0;
        // What is faster than one that counts as the best counts as well.
        var slowest = fitting.Where(candidate => candidate == Best || Loss(candidate, Best) <= ties.Allowance(Best, candidate)).Min(candidate => candidate.Throughput);
        Tied = [.. fitting.Where(candidate => candidate.Throughput >= slowest || IsExcused(candidate))];
        Chosen = Tied.Where(candidate => candidate == Best || !ties.KnowsNoise || Loss(candidate, Best) <= Near || Bound(candidate, Best) <= Near || IsExcused(candidate)).OrderBy(candidate => candidate.Configuration.NumWorkers ?? 0).ThenBy(candidate => candidate.Configuration.PinMemory ?? false)
            .ThenBy(candidate => candidate.WorstPeakBytes ?? 0).First();
    }

    public IReadOnlyList<Candidate> Fitting { get; }

    /// <summary>The fastest by measurement.</summary>
    public Candidate Best { get; }

    /// <summary>Those that cannot be told from the best, itself included.</summary>
    public IReadOnlyList<Candidate> Tied { get; }

    public Candidate Chosen { get; }

    /// <summary>The least share of the machine that others took at any candidate.</summary>
    public double LeastOtherShare { get; }

    /// <summary>Configurations that cannot be recommended.</summary>
    public IReadOnlyList<ConfigurationVerdict> RuledOut { get; init; } = [];

    /// <summary>By what share one candidate is slower than another.</summary>
    public static double Loss(Candidate one, Candidate other) => 1 - (one.Throughput / other.Throughput);

    /// <summary>
    /// The largest share of a candidate's shortfall that another setting of the loader can make up: what it waits for batches. Who waits for a twentieth of its time
    /// gains no more by never waiting. Null where they differ in more than workers, or the other has fewer: those leave it more of the cores.
    /// </summary>
    public double? Bound(Candidate slower, Candidate faster) =>
        without.DifferInWorkersAlone(slower.Configuration, faster.Configuration) && slower.Configuration.NumWorkers <= faster.Configuration.NumWorkers ? slower.WaitFraction : null;

    /// <summary>Whether more than the loader is behind a candidate's shortfall.</summary>
    public bool IsBeyondTheLoader(Candidate slower, Candidate faster) => Bound(slower, faster) is { } bound && Loss(slower, faster) > Math.Max(bound, Math.Min(Near, ties.Allowance(faster, slower)));

    /// <summary>What the trials resolve between two candidates, as a share; no more than a loader setting can gain.</summary>
    public double Resolution(Candidate chosen, Candidate other) => Math.Min(ties.Allowance(other, chosen), Bound(chosen, other) ?? 1);

    /// <summary>Whether a candidate is slower only because others had the machine: what they took, given back, makes up for it, and it hardly waited.</summary>
    private bool IsExcused(Candidate candidate) =>
        Bound(candidate, Best) is { } bound && bound <= ties.Allowance(Best, candidate)
        && 1 - (candidate.GivenBack(LeastOtherShare) / Best.GivenBack(LeastOtherShare)) <= ties.Allowance(Best, candidate);
}
