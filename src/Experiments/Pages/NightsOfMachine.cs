using System.Globalization;
using Experiments.Analysis.History;
using Experiments.Analysis.Text;
using Experiments.Core.Baselines;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Reports.Pages;

namespace Experiments.Pages;

/// <summary>Lays the sweeps of one machine out by night and configuration, with what moved for good.</summary>
internal static class NightsOfMachine
{
    /// <summary>The nights.</summary>
    /// <param name="sweeps">At least one sweep of the machine, in any order; of those with the same id the first counts.</param>
    /// <param name="baseline">What was accepted on it, or null.</param>
    public static MachineNights Of(IReadOnlyList<MeasuredNight> sweeps, Baseline? baseline)
    {
        var nights = sweeps.DistinctBy(sweep => sweep.Night.SweepId).OrderBy(sweep => sweep.Night.At).ThenBy(sweep => sweep.Night.SweepId, StringComparer.Ordinal).ToArray();
        var id = nights[^1].Past.MachineId;
        var histories = SweepHistory.Of(nights.Select(sweep => sweep.Past with { MachineId = id }), id).ToDictionary(one => one.Configuration.Id, StringComparer.Ordinal);
        var configurations = nights.Reverse().SelectMany(Configurations).DistinctBy(one => one.Id).ToArray();
        return new MachineNights
        {
            Id = id,
            Description = nights.LastOrDefault(sweep => sweep.Machine is not null)?.Machine is { } machine ? Describe(machine) : id,
            Nights = [.. nights.Select(sweep => sweep.Night)],
            Configurations = [.. configurations.Select(one => Of(one, nights, histories.GetValueOrDefault(one.Id), configurations.Length))],
            Baseline = baseline is null ? null : $"Baseline: sweep {baseline.SweepId}, accepted on {Day(baseline.AcceptedAt)}{(baseline.Reason is { } reason ? $": {reason}" : "")}",
        };
    }

    private static IEnumerable<Configuration> Configurations(MeasuredNight night) =>
        night.Verdicts.Count > 0 ? night.Verdicts.Values.Select(verdict => verdict.Configuration) : night.Past.Configurations.Select(one => one.Configuration);

    private static ConfigurationNights Of(Configuration configuration, MeasuredNight[] nights, ConfigurationHistory? history, int family)
    {
        var rates = (history?.Points ?? []).ToDictionary(point => point.SweepId, StringComparer.Ordinal);
        var peaks = nights.Select(night => Peak(night, configuration.Id)).ToArray();
        var known = nights.Zip(peaks).Where(one => one.Second is { Value: > 0 })
            .Select(one => new HistoryPoint(one.First.Night.At, one.Second!.Value, one.First.Night.Commit, one.First.Night.SweepId)).ToArray();
        return new ConfigurationNights
        {
            Configuration = configuration,
            Throughput = [.. nights.Select(night => rates.TryGetValue(night.Night.SweepId, out var point) ? new MeasuredRange(point.Value, point.Low, point.High) : null)],
            PeakMegabytes = peaks,
            Verdicts = [.. nights.Select(night => night.Verdicts.TryGetValue(configuration.Id, out var verdict) ? verdict.Verdict : (VerdictKind?)null)],
            Changes = history?.Changes ?? [],
            Drift = history?.Drift,
            MemoryChanges = Trend.ChangePoints(known, family),
        };
    }

    /// <summary>That of the trial that took most, as reports have it.</summary>
    private static MeasuredRange? Peak(MeasuredNight night, string id)
    {
        if (night.Peaks.TryGetValue(id, out var peak))
            return peak;
        var kept = night.Past.Configurations.FirstOrDefault(one => one.Configuration.Id == id)?.Metrics.GetValueOrDefault(MetricKeys.MemoryPeakMegabytes) ?? [];
        return kept.Count == 0 ? null : new MeasuredRange(kept.Max(), kept.Min(), kept.Max());
    }

    private static string Describe(MachineFingerprint machine) => string.Create(CultureInfo.InvariantCulture,
        $"{machine.Cpu}, {machine.Cores:0.##} cores, {Quantity.Bytes(machine.MemoryBytes)}{(machine.Gpu == "none" ? "" : $", {machine.Gpu}")}");

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
