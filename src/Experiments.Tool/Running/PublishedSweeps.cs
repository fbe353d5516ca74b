using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Definitions;
using Experiments.Engine.Journal;
using Experiments.Reports.Tracking;

namespace Experiments.Tool.Running;

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
            : throw new DiagnosticException(Core.Diagnostics.TrialDiagnostics.NoSuchSweep.Error(
                $"{definition.Name} has no sweep under {Path.GetRelativePath(".", root)}; run it first", definition.PositionOf("name")));
    }

    /// <summary>The sweep as it started, with what is done of it, and its report if it has ended.</summary>
    /// <exception cref="DiagnosticException">EXP3010, EXP3011: it cannot be read, or began with another definition.</exception>
    public static (SweepStart Sweep, SweepReport? Report) Read(SweepFolder folder, ExperimentDefinition definition)
    {
        var manifest = folder.ReadManifest();
        if (manifest.DefinitionHash != DefinitionHash.Of(definition))
            throw new DiagnosticException(Core.Diagnostics.TrialDiagnostics.DefinitionChanged.Error(
                $"sweep {folder.SweepId} began with another definition; publish it with the file as it was", definition.PositionOf("")));
        var start = new SweepStart
        {
            SweepId = folder.SweepId,
            Folder = folder.Path,
            Definition = definition,
            Plan = manifest.Plan,
            Done = folder.ReadJournal(),
            Machine = manifest.Machine,
            StartedAt = manifest.StartedAt,
            Commit = manifest.Commit,
        };
        return (start, File.Exists(folder.Results) ? folder.ReadReport() : null);
    }
}
