using Experiments.Core.Baselines;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Baselines;

/// <summary>What accepting a sweep changes in the baseline.</summary>
public sealed record BaselineDifference
{
    /// <summary>The configuration.</summary>
    public required Configuration Configuration { get; init; }

    /// <summary>What becomes of it.</summary>
    public required BaselineChange Change { get; init; }

    /// <summary>Throughput, samples a second.</summary>
    public required MetricDifference SamplesPerSecond { get; init; }

    /// <summary>Peak memory of the whole process tree, MiB.</summary>
    public required MetricDifference PeakMegabytes { get; init; }

    /// <summary>Every configuration of either, those of the baseline in force first.</summary>
    /// <param name="current">The baseline in force, or null.</param>
    /// <param name="candidate">What is to replace it.</param>
    public static IReadOnlyList<BaselineDifference> Between(Baseline? current, Baseline candidate)
    {
        var (old, now) = (ById(current), ById(candidate));
        return [.. Of(old, now, MetricKeys.SamplesPerSecond).Zip(Of(old, now, MetricKeys.MemoryPeakMegabytes), (throughput, memory) => new BaselineDifference
        {
            Configuration = throughput.Configuration,
            Change = !now.ContainsKey(throughput.Configuration.Id) ? BaselineChange.Lost : old.ContainsKey(throughput.Configuration.Id) ? BaselineChange.Kept : BaselineChange.New,
            SamplesPerSecond = throughput,
            PeakMegabytes = memory,
        })];
    }

    /// <summary>One metric of the configurations that both have.</summary>
    internal static IEnumerable<MetricDifference> Between(Baseline current, Baseline candidate, string key)
    {
        var (old, now) = (ById(current), ById(candidate));
        return Of(old, now, key).Where(one => old.ContainsKey(one.Configuration.Id) && now.ContainsKey(one.Configuration.Id));
    }

    private static IEnumerable<MetricDifference> Of(OrderedDictionary<string, BaselineConfiguration> old, OrderedDictionary<string, BaselineConfiguration> now, string key) =>
        old.Values.Concat(now.Values).Select(one => one.Configuration).DistinctBy(one => one.Id)
            .Select(one => new MetricDifference(one, Values(old.GetValueOrDefault(one.Id), key), Values(now.GetValueOrDefault(one.Id), key)));

    private static OrderedDictionary<string, BaselineConfiguration> ById(Baseline? baseline) =>
        new((baseline?.Configurations ?? []).DistinctBy(one => one.Configuration.Id).Select(one => KeyValuePair.Create(one.Configuration.Id, one)), StringComparer.Ordinal);

    private static double[] Values(BaselineConfiguration? configuration, string key) =>
        configuration?.Metrics.GetValueOrDefault(key)?.Where(double.IsFinite).ToArray() ?? [];
}
