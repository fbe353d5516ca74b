using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Reports.Pages;

namespace Experiments.Pages;

/// <summary>The pages of many experiments over months of nights: files that need no server and no network. Experiments are added one after the other; the first page comes last.</summary>
/// <param name="folder">The folder of the pages; made where it is not there. Pages of sweeps that are gone since stay.</param>
/// <param name="options">Where sweeps live; null: with the defaults.</param>
public sealed class HistorySite(string folder, SweepOptions? options = null)
{
    private readonly string _folder = Path.GetFullPath(folder);
    private readonly SweepOptions _options = options ?? new SweepOptions();
    private readonly List<ExperimentOverview> _experiments = [];

    /// <summary>Writes the page of one experiment, and those of its sweeps.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="machineId">The machine whose sweeps count, by its fingerprint; null: all, each by itself.</param>
    /// <param name="cancellationToken">Ends the reading and writing.</param>
    /// <returns>What the first page says of it.</returns>
    /// <exception cref="DiagnosticException">EXP5004: the baseline cannot be read.</exception>
    /// <exception cref="IOException">A page cannot be written.</exception>
    public async Task<ExperimentOverview> AddAsync(ExperimentDefinition definition, string? machineId = null, CancellationToken cancellationToken = default)
    {
        var sweeps = await new NightReader(definition, _options, _folder).ReadAsync(machineId, cancellationToken).ConfigureAwait(false);
        var nights = WithCommits(new ExperimentNights
        {
            Name = definition.Name,
            DefinitionFile = definition.File,
            Today = DateOnly.FromDateTime(DateTime.UtcNow),
            Machines = [.. ByMachine(sweeps).Select(of => NightsOfMachine.Of(of, BaselineOf(definition, of)))],
            Suppressions = definition.Gates.Trend.Suppressions,
        }, new CommitLog(Path.GetDirectoryName(Path.GetFullPath(definition.File))!));
        if (nights.Machines.Count > 0)
            await HistoryPages.WriteExperimentAsync(_folder, nights, cancellationToken).ConfigureAwait(false);
        var overview = ExperimentOverview.Of(nights);
        _experiments.Add(overview);
        return overview;
    }

    /// <summary>Writes the first page, of the experiments added so far.</summary>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public Task<string> WriteIndexAsync(CancellationToken cancellationToken = default) => HistoryPages.WriteIndexAsync(_folder, _experiments, cancellationToken);

    /// <summary>The latest machine first; one that changed its id is one machine.</summary>
    internal static IReadOnlyList<IReadOnlyList<MeasuredNight>> ByMachine(IReadOnlyList<MeasuredNight> latestFirst)
    {
        var machines = new List<(HashSet<string> Names, List<MeasuredNight> Nights)>();
        foreach (var night in latestFirst)
        {
            var names = night.Machine is { } machine ? MachineNames.Of(machine).Append(night.Past.MachineId).ToHashSet(StringComparer.Ordinal) : [night.Past.MachineId];
            var place = machines.FindIndex(one => one.Names.Contains(night.Past.MachineId) || names.Contains(one.Nights[0].Past.MachineId));
            if (place < 0)
            {
                machines.Add((names, [night]));
                continue;
            }

            machines[place].Names.UnionWith(names);
            machines[place].Nights.Add(night);
        }

        return [.. machines.Select(one => one.Nights)];
    }

    private static Core.Baselines.Baseline? BaselineOf(ExperimentDefinition definition, IReadOnlyList<MeasuredNight> nights) =>
        definition.Gates.Baseline.Source == BaselineChoice.File && nights.FirstOrDefault(night => night.Machine is not null)?.Machine is { } machine ? Baselines.Accepted(definition, machine) : null;

    private static ExperimentNights WithCommits(ExperimentNights nights, CommitLog log) => nights with
    {
        Commits = log.Subjects(nights.Machines.SelectMany(machine => machine.Nights).Select(night => night.Commit).OfType<string>()),
        Ranges = [.. nights.Machines.SelectMany(machine => machine.Configurations).SelectMany(one => one.Changes.Concat(one.MemoryChanges))
            .Select(change => (Before: change.Before.Commit, After: change.After.Commit)).Distinct().Select(one => log.Between(one.Before, one.After)).OfType<CommitRange>()],
    };
}
