using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>Which settings are worth blocks: found by looking around first, with a segment each, then around the best.</summary>
/// <param name="space">What may be tried.</param>
internal sealed class Exploration(TuningSpace space)
{
    /// <summary>How much more the next count must bring for the one after it to be tried.</summary>
    private const double WorthAnother = 0.03;

    private static readonly int[] PrefetchFactors = [1, 4, 8];

    /// <summary>The next setting to look at; null when enough is seen.</summary>
    /// <param name="seen">The segments so far.</param>
    public LoaderSetting? Next(IReadOnlyList<SegmentResult> seen)
    {
        var tried = seen.Where(segment => segment.Setting is not null).DistinctBy(segment => segment.Setting).ToDictionary(segment => segment.Setting!, Rate);
        if (!tried.ContainsKey(space.Own))
            return space.Own;
        var counts = Counts();
        for (var index = 0; index < counts.Count; index++)
        {
            var setting = With(counts[index]);
            if (tried.ContainsKey(setting))
                continue;
            if (!TuningMemory.Fits(space, seen, setting))
                return null;
            // Everything up to the number of cores is looked at; beyond, only while it brings something.
            var below = counts.Take(index).Select(count => tried.GetValueOrDefault(With(count))).ToList();
            return counts[index] <= space.Cores || index < 2 || (below[^1] > 0 && below[^1] > (1 + WorthAnother) * below.SkipLast(1).Max()) ? setting : null;
        }

        return null;
    }

    /// <summary>Settings beside the best: counts between it and its neighbours, other amounts loaded ahead, pinning.</summary>
    /// <param name="best">The best so far.</param>
    /// <param name="known">Settings that were tried.</param>
    public IReadOnlyList<LoaderSetting> Around(LoaderSetting best, IReadOnlyCollection<LoaderSetting> known)
    {
        var around = new List<LoaderSetting>();
        if (space.Workers is null)
        {
            var counts = known.Select(setting => setting.NumWorkers).Distinct().Order().ToList();
            var index = counts.IndexOf(best.NumWorkers);
            if (index > 0)
                around.Add(best with { NumWorkers = (best.NumWorkers + counts[index - 1]) / 2 });
            if (index + 1 < counts.Count)
                around.Add(best with { NumWorkers = (best.NumWorkers + counts[index + 1]) / 2 });
        }

        if (best.NumWorkers > 0)
            around.AddRange((space.PrefetchFactors ?? PrefetchFactors).Select(ahead => best with { PrefetchFactor = ahead }));
        if (space is { Pins: true, VariesPinning: true })
            around.Add(best with { PinMemory = !best.PinMemory });
        return [.. around.Select(setting => setting.Plain(space.Pins)).Distinct().Except(known)];
    }

    private LoaderSetting With(int workers) => (space.Own with { NumWorkers = workers }).Plain(space.Pins);

    private List<int> Counts()
    {
        if (space.Workers is { } named)
            return [.. named.Order()];
        var counts = new List<int> { 0 };
        for (var count = 1; count <= space.MostWorkers; count *= 2)
            counts.Add(count);
        return counts;
    }

    private static double Rate(SegmentResult segment) => segment.Error is null ? segment.SamplesPerSecond : 0;
}
