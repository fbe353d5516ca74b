using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Definitions;
using Experiments.Engine.Journal;
using Experiments.Reports.Tracking;

namespace Experiments.Comparing;

/// <summary>Finds what is to be published, and reads it from its folder.</summary>
internal static class PublishedSweeps
{
    /// <summary>The sweep named, else the latest and all of which an earlier process left something.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is none.</exception>
    public static IReadOnlyList<SweepFolder> Of(string root, ExperimentDefinition definition, string? sweepId, string trackingUri)
    {
        if (sweepId is not null)
            return [SweepFolder.Of(root, definition.Name, sweepId)];
        var all = SweepFolder.All(root, definition.Name);
        return all.Count > 0
            ? [.. all.Where((sweep, age) => age == 0 || MlflowPublisher.HasLeftovers(sweep.Path, trackingUri)).Reverse()]
            : throw new DiagnosticException(TrialDiagnostics.NoSuchSweep.Error(
                $"{definition.Name} has no sweep under {Path.GetRelativePath(".", root)}; run it first", definition.PositionOf("name")));
    }

    /// <summary>The sweep as it started, with what is done of it, and its report if it has ended.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="definition">The definition as it is now; one that changed since counts only for where to record.</param>
    /// <exception cref="DiagnosticException">EXP3010, EXP3011: it cannot be read, or neither can the definition that it began with.</exception>
    public static (SweepStart Sweep, SweepReport? Report) Read(SweepFolder folder, ExperimentDefinition definition)
    {
        var done = folder.ReadJournal();
        var manifest = folder.ReadManifest().With(done);
        var start = new SweepStart
        {
            SweepId = folder.SweepId,
            Folder = folder.Path,
            Definition = manifest.DefinitionHash == DefinitionHash.Of(definition) ? definition : AsItBegan(folder, manifest, definition),
            Plan = manifest.Plan,
            Done = done,
            Machine = manifest.Machine,
            StartedAt = manifest.StartedAt,
            Commit = manifest.Commit,
            Dirty = manifest.Dirty,
        };
        return (start, folder.HasResults ? folder.ReadReport() : null);
    }

    private static ExperimentDefinition AsItBegan(SweepFolder folder, SweepManifest manifest, ExperimentDefinition definition)
    {
        var copy = folder.File(SweepManifest.DefinitionCopy(manifest.DefinitionFile));
        var reading = DefinitionReader.ReadCopy(copy, definition.File);
        if (reading.Definition is { } began && manifest.DefinitionHash == DefinitionHash.Of(began))
            return began with { Mlflow = definition.Mlflow };
        var why = reading.Diagnostics is [var first, ..] ? first.Message : "it is not the one that the sweep began with";
        throw new DiagnosticException(TrialDiagnostics.DefinitionChanged.Error(
            $"sweep {folder.SweepId} began with another definition, whose copy '{copy}' cannot be used: {why}; publish it with the file as it was", definition.PositionOf("")));
    }
}
