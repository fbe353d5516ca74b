using Experiments.Analysis.Text;
using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Reports.Files;
using Experiments.Running;
using Experiments.Shared;

namespace Experiments.Merging;

/// <summary>Makes one sweep of shards: their trials, folders and pairs, and one judgement over the whole matrix.</summary>
/// <param name="definition">The definition.</param>
/// <param name="folders">Where the shards are.</param>
/// <param name="options">Where the merged sweep goes.</param>
internal sealed class MergeSession(ExperimentDefinition definition, IReadOnlyList<string> folders, SweepOptions options)
{
    /// <summary>Merges, judges and reports.</summary>
    public async Task<SweepRun> RunAsync(CancellationToken cancellationToken)
    {
        var shards = Shards.Find(definition, folders);
        var latest = SweepFolder.All(options.Root, definition.Name).FirstOrDefault(sweep => SweepId.TimeOf(sweep.SweepId) is not null)?.SweepId;
        var folder = SweepFolder.Of(options.Root, definition.Name, SweepId.Create(TimeProvider.System, latest));
        var sweep = Merged(shards, folder.SweepId);
        try
        {
            Directory.CreateDirectory(folder.Path);
            Copy(shards, folder, sweep, cancellationToken);
            var report = await Judging.JudgeAsync(definition, options, sweep, cancellationToken).ConfigureAwait(false);
            await ReportFiles.WriteAsync(folder.Path, report, cancellationToken).ConfigureAwait(false);
            await SweepDrawing.TryAsync(folder.Path, report, definition, options.Notes).ConfigureAwait(false);
            if (LatestLink.TryUpdate(options.Root, definition.Name) is { } fault)
                options.Notes.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Warning(fault));
            return new SweepRun(report, folder.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.CannotWrite.Error(exception.Message), exception);
        }
    }

    private SweepResult Merged(IReadOnlyList<(SweepFolder Folder, SweepManifest Manifest)> shards, string id)
    {
        var trials = new List<TrialResult>();
        var pairs = new List<Core.Pairs.PairComparison>();
        foreach (var (folder, manifest) in shards)
        {
            var order = manifest.Plan.Trials.Select((trial, index) => (trial.Id, index)).ToDictionary(one => one.Id, one => one.index, StringComparer.Ordinal);
            var ended = folder.ReadJournal().Where(result => result.Status != TrialStatus.Cancelled).OrderBy(result => order.GetValueOrDefault(result.TrialId, int.MaxValue)).ToArray();
            trials.AddRange(ended.Select(result => result with { Machine = manifest.Machine.Id }));
            pairs.AddRange(folder.ReadPairs());
            var left = manifest.Plan.Trials.Count - ended.Length;
            if (left > 0)
                options.Notes.WriteLine($"{Path.GetRelativePath(".", folder.Path)}: {Quantity.Count(left, "trial")} did not run; where it lies: experiments run {definition.File} --resume {folder.SweepId}");
        }

        var machines = shards.Select(shard => shard.Manifest.Machine).DistinctBy(machine => machine.Id).ToArray();
        var repeats = shards.SelectMany(shard => shard.Manifest.Plan.Trials).Where(trial => trial.Purpose == TrialPurpose.Planned).Max(trial => trial.Repeat);
        var whole = Experiment.Plan(definition, new PlanOptions { Repeats = repeats });
        var planned = shards.SelectMany(shard => shard.Manifest.Plan.Trials).ToList();
        var known = planned.Select(trial => trial.Configuration.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var missing in whole.Configurations.Where(one => !known.Contains(one.Id)))
            options.Notes.WriteLine($"{missing.Name} is in no shard");
        planned.AddRange(whole.Trials.Where(trial => !known.Contains(trial.Configuration.Id)));
        var first = shards[0].Manifest;
        return new SweepResult
        {
            SweepId = id,
            Experiment = definition.Name,
            DefinitionFile = definition.File,
            Seed = first.Plan.Seed,
            StartedAt = shards.Min(shard => shard.Manifest.StartedAt),
            EndedAt = trials.Select(trial => trial.StartedAt.AddSeconds(trial.DurationSeconds)).Append(first.StartedAt).Max(),
            Machine = machines[0],
            OtherMachines = machines[1..],
            Commit = first.Commit,
            Dirty = first.Dirty,
            DiffHash = first.DiffHash,
            Remarks = [.. shards.SelectMany(shard => shard.Manifest.Remarks).Distinct()],
            Configurations = whole.Configurations,
            Trials = trials,
            Pairs = pairs,
            PlannedTrials = planned.Count,
            MemoryLimitBytes = shards.Min(shard => shard.Manifest.MemoryLimitBytes),
        };
    }

    /// <summary>The folders of the trials, then the journal, then the plan: what was cut off is no sweep.</summary>
    private void Copy(IReadOnlyList<(SweepFolder Folder, SweepManifest Manifest)> shards, SweepFolder folder, SweepResult sweep, CancellationToken cancellationToken)
    {
        foreach (var trials in shards.Select(shard => new DirectoryInfo(Path.Combine(shard.Folder.Path, "trials"))).Where(trials => trials.Exists))
            Copy(trials, Path.Combine(folder.Path, "trials"), cancellationToken);
        using (var journal = TrialJournal.Open(folder.Journal))
        {
            foreach (var result in sweep.Trials)
                journal.Append(result);
        }

        if (sweep.Pairs.Count > 0)
            folder.WritePairs(sweep.Pairs);
        var first = shards[0];
        var copy = SweepManifest.DefinitionCopy(first.Manifest.DefinitionFile);
        if (File.Exists(first.Folder.File(copy)))
            File.Copy(first.Folder.File(copy), folder.File(copy));
        folder.WriteManifest(first.Manifest with
        {
            SweepId = sweep.SweepId, DefinitionFile = definition.File, StartedAt = sweep.StartedAt, MemoryLimitBytes = sweep.MemoryLimitBytes,
            Plan = first.Manifest.Plan with { Configurations = sweep.Configurations, Trials = [.. shards.SelectMany(shard => shard.Manifest.Plan.Trials)] },
        });
    }

    private static void Copy(DirectoryInfo from, string to, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in from.EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var target = Path.Combine(to, entry.Name);
            if (entry.LinkTarget is not null)
                continue; // it leads out of the shard
            if (entry is DirectoryInfo folder)
                Copy(folder, target, cancellationToken);
            else if (PlainFile.TryOpen(entry.FullName) is { } file)
            {
                using (file)
                using (var written = File.Create(target))
                    file.CopyTo(written);
            }
        }
    }
}
