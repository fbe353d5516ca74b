using Experiments.Analysis;
using Experiments.Analysis.Baselines;
using Experiments.Comparing;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Reports.Pages;
using Experiments.Reports.Tables;

namespace Experiments.Pages;

/// <summary>Reads the nights of a definition: the sweeps of its folder, and those that MLflow holds. The page of each sweep is written as it is read, so that one is in memory at a time.</summary>
/// <param name="definition">The definition.</param>
/// <param name="options">Where its sweeps live.</param>
/// <param name="folder">The folder of the pages.</param>
internal sealed class NightReader(ExperimentDefinition definition, SweepOptions options, string folder)
{
    /// <summary>Only the pages of the latest sweeps have pictures in them: those of 200 would be hundreds of megabytes.</summary>
    public const int NightsWithPictures = 7;

    /// <summary>All nights, the latest first.</summary>
    /// <param name="machineId">The machine that alone counts; null: all that the folder knows, and this one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">A page cannot be written.</exception>
    public async Task<IReadOnlyList<MeasuredNight>> ReadAsync(string? machineId, CancellationToken cancellationToken)
    {
        var nights = new List<MeasuredNight>();
        foreach (var (sweep, age) in SweepFolder.All(options.Root, definition.Name).Where(sweep => sweep.HasResults).Take(PastSweeps.Most).Select((sweep, age) => (sweep, age)))
        {
            if (PastSweeps.Read(sweep, definition, options.Notes) is not { } report)
                continue;
            var parts = MachineParts.Of(report.Sweep).Where(part => machineId is null || IsCalled(part.Machine, machineId)).ToList();
            if (parts.Count == 0)
                continue;
            var page = await HistoryPages.WriteSweepAsync(folder, report, age < NightsWithPictures ? sweep.Path : null, cancellationToken).ConfigureAwait(false);
            nights.AddRange(parts.Select(part => Of(report, part, page)));
        }

        foreach (var machine in Machines(nights, machineId))
            nights.AddRange((await PastSweeps.RecordedAsync(definition, options, machine, cancellationToken).ConfigureAwait(false)).Select(Of));
        return [.. nights.DistinctBy(night => (night.Night.SweepId, night.Past.MachineId)).OrderByDescending(night => night.Night.At).Take(PastSweeps.Most)];
    }

    /// <summary>Each machine by all the names that it bears or bore.</summary>
    private static IReadOnlyList<IReadOnlySet<string>> Machines(List<MeasuredNight> nights, string? machineId)
    {
        var known = nights.Select(night => night.Machine!).Append(MachineReader.Read()).Where(machine => machineId is null || IsCalled(machine, machineId)).ToList();
        return known.Count == 0 ? [new HashSet<string> { machineId! }] : [.. known.DistinctBy(machine => machine.Id).Select(MachineNames.Of)];
    }

    private static bool IsCalled(MachineFingerprint machine, string id) => machine.Id == id || MachineNames.Of(machine).Contains(id);

    /// <summary>A sweep, or its part on one machine.</summary>
    /// <param name="report">The whole sweep with its judgement.</param>
    /// <param name="part">The part; the sweep itself as a rule.</param>
    /// <param name="page">Its own page.</param>
    internal static MeasuredNight Of(SweepReport report, SweepResult part, string page)
    {
        var planned = part.Configurations.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        var night = new Night
        {
            SweepId = part.SweepId,
            At = part.StartedAt,
            Commit = part.Commit,
            Dirty = part.Dirty == true,
            Verdict = report.Assessment.Verdict,
            Advice = [.. report.Assessment.Advice.Select(advice => new NightAdvice(SweepFacts.Recommendation(advice), advice.MeasuredAs ?? advice.Configuration?.Id))],
            Page = page,
        };
        return new MeasuredNight(night, BaselineFrom.Past(report with { Sweep = part }))
        {
            Machine = part.Machine,
            Verdicts = report.Assessment.Configurations.Where(one => planned.Contains(one.Configuration.Id)).ToDictionary(one => one.Configuration.Id, StringComparer.Ordinal),
            Peaks = part.Trials.Select(trial => (trial.Configuration.Id, Peak: trial.Metric(MetricKeys.MemoryPeakMegabytes)))
                .Where(one => one.Peak is { } peak && double.IsFinite(peak)).GroupBy(one => one.Id, one => one.Peak!.Value)
                .ToDictionary(of => of.Key, of => new MeasuredRange(of.Max(), of.Min(), of.Max()), StringComparer.Ordinal),
        };
    }

    private static MeasuredNight Of(PastSweep recorded) => new(
        new Night { SweepId = recorded.SweepId, At = recorded.StartedAt, Commit = recorded.Commit, Verdict = recorded.Passed ? VerdictKind.Pass : null }, recorded);
}
