using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Tool.Running;

/// <summary>Finds what an earlier sweep measured.</summary>
internal static class LatestSweep
{
    /// <summary>The report of the latest finished sweep, or of the one named.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is none.</exception>
    public static (SweepFolder Folder, SweepReport Report) Of(string root, ExperimentDefinition definition, string? sweepId = null)
    {
        var folder = sweepId is not null
            ? SweepFolder.Of(root, definition.Name, sweepId)
            : SweepFolder.All(root, definition.Name).FirstOrDefault(sweep => File.Exists(sweep.Results))
                ?? throw new DiagnosticException(Core.Diagnostics.TrialDiagnostics.NoSuchSweep.Error(
                    $"{definition.Name} has no finished sweep under {Path.GetRelativePath(".", root)}; run it first", definition.PositionOf("name")));
        return (folder, folder.ReadReport());
    }
}
