using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>
/// Decides what a tuning measures next. Pure: the same segments give the same step. First the script's own setting; where batches could gain nothing that is the end. Then a look at
/// 0, 1, 2, 4, … workers; then blocks in shuffled order, in each of which every setting that is still in question has a segment; after two of them settings around the best join;
/// what is surely slower than the best by more than a hundredth leaves. It ends when no setting can be better than the best by more than the bound, or when the budget is spent.
/// </summary>
public static class TuningSearch
{
    private const int LeastBlocks = 4;

    /// <summary>The next step.</summary>
    /// <param name="space">What may be tried.</param>
    /// <param name="segments">What was measured, in order.</param>
    public static TuningStep Next(TuningSpace space, IReadOnlyList<SegmentResult> segments)
    {
        var state = new TuningState(space, segments);
        if (IsSpent(space, segments) || state.HasCeiling || state.IsOwnBeyondGain)
            return End(space, state);
        if (new Exploration(space).Next([.. segments.Where(segment => segment.Block == 0)]) is { } next)
            return new TuningStep.Measure(next, 0);
        var block = Math.Max(1, state.Block);
        if (state.Missing(block) is { } missing)
            return new TuningStep.Measure(missing, block);
        return block < LeastBlocks || !state.IsSettled ? Begin(space, state, block + 1) : End(space, state);
    }

    /// <summary>The answer of the segments so far, however the run ended.</summary>
    /// <param name="space">What may be tried.</param>
    /// <param name="segments">What was measured, in order.</param>
    public static TuningReport Report(TuningSpace space, IReadOnlyList<SegmentResult> segments) => TuningSummary.Of(space, new TuningState(space, segments));

    private static TuningStep Begin(TuningSpace space, TuningState state, int block) =>
        state.Missing(block) is { } first ? new TuningStep.Measure(first, block) : End(space, state);

    private static TuningStep End(TuningSpace space, TuningState state) =>
        state.HasCeiling || !state.HasMeasured ? new TuningStep.Done(TuningSummary.Of(space, state)) : new TuningStep.Ceiling();

    private static bool IsSpent(TuningSpace space, IReadOnlyList<SegmentResult> segments) =>
        segments.Count > 0 && segments[^1].EndedAt >= space.Budget.TotalSeconds;
}
