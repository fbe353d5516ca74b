using Experiments.Core.Plans;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>What the segments so far say.</summary>
internal sealed class TuningState
{
    /// <summary>Slower than the best by more than this is not worth what it may save.</summary>
    public const double Indifference = 0.01;

    /// <summary>Settings around the best join after so many blocks.</summary>
    private const int JoinAfter = 2;

    private readonly TuningSpace _space;

    public TuningState(TuningSpace space, IReadOnlyList<SegmentResult> segments)
    {
        (_space, Segments) = (space, segments);
        Tried = [.. segments.Select(segment => segment.Setting).OfType<LoaderSetting>().Distinct()];
        Levels = new SegmentLevels(segments, Tried);
        Block = segments.Select(segment => segment.Block).DefaultIfEmpty(0).Max();
    }

    public IReadOnlyList<SegmentResult> Segments { get; }

    /// <summary>Settings in the order in which they were tried first.</summary>
    public IReadOnlyList<LoaderSetting> Tried { get; }

    public SegmentLevels Levels { get; }

    /// <summary>The block in progress, or the last one; 0 while looking around.</summary>
    public int Block { get; }

    public bool HasMeasured => Segments.Any(segment => segment.Error is null && segment.Setting is not null);

    public bool HasCeiling => Segments.Any(segment => segment.Setting is null);

    /// <summary>Whether the script's own setting, measured alone so far, waits so little that no other can gain more than the bound.</summary>
    public bool IsOwnBeyondGain => Tried.Count == 1 && Segments[0] is { Error: null } own && own.WaitFraction < 1 && own.WaitFraction / (1 - own.WaitFraction) <= _space.Within;

    /// <summary>Whether no setting in question can be better than the best by more than the bound.</summary>
    public bool IsSettled => Levels.Best is { } best && LiveNow.Where(setting => setting != best)
        .All(setting => Levels.Compare(setting, best) is { } ratio && ratio.To <= Math.Log(1 + _space.Within));

    /// <summary>Whether a setting is still in question.</summary>
    public bool IsLive(LoaderSetting setting) => LiveNow.Contains(setting);

    /// <summary>The next setting without a segment in a block, in the block's order; null when it is complete.</summary>
    public LoaderSetting? Missing(int block)
    {
        var order = LiveIn(block).OrderBy(setting => setting.ToString(), StringComparer.Ordinal).ToArray();
        new TrialShuffler(_space.Seed, block).Shuffle<LoaderSetting>(order);
        return order.FirstOrDefault(setting => !Segments.Any(segment => segment.Block == block && segment.Setting == setting));
    }

    private HashSet<LoaderSetting> LiveNow => field ??= [.. LiveIn(Block)];

    /// <summary>The settings that have a segment in a block: those of the block before that may still be best, and those that join.</summary>
    private List<LoaderSetting> LiveIn(int block)
    {
        if (block == 0)
            return [.. Tried];
        var before = Segments.Where(segment => segment.Block < block).ToList();
        var failed = Segments.Where(segment => segment.Error is not null).Select(segment => segment.Setting).ToHashSet();
        var live = before.Where(segment => segment.Block == block - 1).Select(segment => segment.Setting).OfType<LoaderSetting>().Distinct().Where(setting => !failed.Contains(setting)).ToList();
        if (block <= 1)
            return live;
        var levels = new SegmentLevels(before, live);
        if (block > JoinAfter)
            live.RemoveAll(setting => setting != _space.Own && IsSurelySlower(levels, setting));
        if (block == JoinAfter + 1 && levels.Best is { } best)
            live.AddRange(new Exploration(_space).Around(best, Tried).Where(setting => TuningMemory.Fits(_space, before, setting)));
        return live;
    }

    private static bool IsSurelySlower(SegmentLevels levels, LoaderSetting setting) =>
        levels.Best is { } best && setting != best && levels.Compare(setting, best) is { } ratio && ratio.To < Math.Log(1 - Indifference);
}
