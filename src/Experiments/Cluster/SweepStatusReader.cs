using System.Text.Json;
using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Slurm;
using Experiments.Slurm.Batches;

namespace Experiments.Cluster;

/// <summary>Reads how far a sweep is from its files.</summary>
internal static class SweepStatusReader
{
    /// <summary>Reads it.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is no such sweep, or it cannot be read.</exception>
    public static SweepStatus Read(ExperimentDefinition definition, SweepOptions options)
    {
        var folder = LatestSweep.Any(options.Root, definition, options.SweepId);
        var journal = folder.ReadJournal();
        var manifest = folder.ReadManifest().With(journal);
        var done = journal.ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        var submitted = new SlurmFolder(folder);
        var placed = PlacedTrial.Of(submitted.Read());
        return new SweepStatus
        {
            Experiment = definition.Name,
            SweepId = folder.SweepId,
            Folder = folder.Path,
            IsFinished = folder.HasResults && manifest.Plan.Trials.All(trial => done.ContainsKey(trial.Id)),
            IsOnCluster = submitted.Exists,
            Trials = [.. manifest.Plan.Trials.Select(trial => StateOf(trial, done, placed))],
        };
    }

    private static TrialState StateOf(PlannedTrial trial, Dictionary<string, TrialResult> done, IReadOnlyDictionary<string, PlacedTrial> placed)
    {
        var name = trial.Configuration.Name;
        if (done.TryGetValue(trial.Id, out var result))
            return new TrialState(trial.Id, name, JsonNamingPolicy.CamelCase.ConvertName(result.Status.ToString()), result.Node, result.StartedAt);
        if (!placed.TryGetValue(trial.Id, out var job))
            return new TrialState(trial.Id, name, "planned");
        var files = job.Folder.ReadNames();
        if (files.RunningAttempt(trial.Id) is not { } attempt)
            return new TrialState(trial.Id, name, "submitted");
        var start = BatchFolder.TryRead(job.Folder.Running(trial.Id, attempt), SlurmJson.Indented.NodeStart);
        return new TrialState(trial.Id, name, files.ResultAttempt(trial.Id) is null ? "running" : "ended", start?.Node, start?.At);
    }
}
