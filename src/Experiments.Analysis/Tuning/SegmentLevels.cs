using Experiments.Analysis.Statistics;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tuning;

/// <summary>
/// Compares settings by their segments. The datum is the difference of two logarithms of throughput in one block, whose segments met the same minute of the machine; how it
/// scatters is learnt from all pairs together.
/// </summary>
internal sealed class SegmentLevels
{
    /// <summary>Chance of any wrong elimination or settlement over a whole tuning.</summary>
    private const double Level = 0.05;

    private readonly Dictionary<LoaderSetting, SortedDictionary<int, double>> _logs = [];
    private readonly Dictionary<(LoaderSetting, LoaderSetting), LogRatio?> _known = [];
    private readonly ModeratedVariance? _noise;
    private readonly double _level;

    /// <summary>Learns the levels.</summary>
    /// <param name="segments">Segments that were measured in blocks.</param>
    /// <param name="settings">The settings to compare.</param>
    public SegmentLevels(IEnumerable<SegmentResult> segments, IReadOnlyList<LoaderSetting> settings)
    {
        foreach (var segment in segments.Where(segment => segment.Block > 0 && segment.SamplesPerSecond > 0 && segment.Setting is not null))
        {
            if (!_logs.TryGetValue(segment.Setting!, out var own))
                _logs[segment.Setting!] = own = [];
            own[segment.Block] = Math.Log(segment.SamplesPerSecond);
        }

        var looks = Math.Max(1, Blocks - 1);
        // Spent over the looks as 1/(k(k+1)), which sums to 1, and over the pairs evenly: valid at every look, by Bonferroni.
        _level = Level / (looks * (looks + 1)) / Math.Max(1, settings.Count - 1);
        _noise = ModeratedVariance.Fit([.. settings.SelectMany((one, index) => settings.Skip(index + 1).Select(other => Differences(one, other)))
            .Where(differences => differences.Length > 1).Select(differences => (Math.Max(Variance(differences), 1e-10), differences.Length - 1.0))]);
        Best = Fastest();
    }

    /// <summary>The number of blocks so far.</summary>
    public int Blocks => _logs.Values.Select(own => own.Keys.Last()).DefaultIfEmpty(0).Max();

    /// <summary>The setting with the highest level; null before the first block.</summary>
    public LoaderSetting? Best { get; }

    /// <summary>How two settings compare in the blocks that they share; null where they share none.</summary>
    public LogRatio? Compare(LoaderSetting one, LoaderSetting other)
    {
        if (!_known.TryGetValue((one, other), out var ratio))
            _known[(one, other)] = ratio = Compared(Differences(one, other));
        return ratio;
    }

    private LogRatio? Compared(double[] differences)
    {
        if (differences.Length == 0)
            return null;
        var mean = differences.Average();
        if (differences.Length < 2 || _noise is null)
            return new LogRatio(mean, double.PositiveInfinity);
        var (variance, degrees) = _noise.For(Variance(differences), differences.Length - 1);
        // Pairs share settings, so their degrees of freedom are fewer than their sum: no more are counted than one block gives for each setting.
        var counted = Math.Min(degrees, (Blocks - 1.0) * Math.Max(1, _logs.Count - 1));
        return new LogRatio(mean, StudentT.UpperQuantile(_level / 2, Math.Max(1, counted)) * Math.Sqrt(variance / differences.Length));
    }

    /// <summary>Goes from one setting to the next that is faster in the blocks that both have; those that stayed longest are asked last.</summary>
    private LoaderSetting? Fastest()
    {
        LoaderSetting? best = null;
        foreach (var setting in _logs.OrderBy(own => own.Value.Keys.Last()).Select(own => own.Key))
        {
            if (best is null || Differences(setting, best) is not { Length: > 0 } differences || differences.Average() > 0)
                best = setting;
        }

        return best;
    }

    private double[] Differences(LoaderSetting one, LoaderSetting other) => _logs.TryGetValue(one, out var first) && _logs.TryGetValue(other, out var second)
        ? [.. first.Where(pair => second.ContainsKey(pair.Key)).Select(pair => pair.Value - second[pair.Key])]
        : [];

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
