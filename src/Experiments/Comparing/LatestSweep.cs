using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Comparing;

/// <summary>Finds what an earlier sweep measured.</summary>
internal static class LatestSweep
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(7);

    /// <summary>The report of the latest finished sweep, or of the one named.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is none.</exception>
    public static (SweepFolder Folder, SweepReport Report) Of(string root, ExperimentDefinition definition, string? sweepId = null)
    {
        var folder = sweepId is not null
            ? SweepFolder.Of(root, definition.Name, sweepId)
            : SweepFolder.All(root, definition.Name).FirstOrDefault(sweep => sweep.HasResults)
                ?? throw new DiagnosticException(Core.Diagnostics.TrialDiagnostics.NoSuchSweep.Error(
                    $"{definition.Name} has no finished sweep under {Path.GetRelativePath(".", root)}; run it first", definition.PositionOf("name")));
        return (folder, folder.ReadReport());
    }

    /// <summary>The sweep that <c>--resume</c> without an id continues: the latest, if it was cut off, and not long ago. Another one is to be named.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is none.</exception>
    public static string Unfinished(string root, ExperimentDefinition definition)
    {
        var sweeps = SweepFolder.All(root, definition.Name);
        var unfinished = sweeps.FirstOrDefault(IsUnfinished)
            ?? throw Refused($"{definition.Name} has no unfinished sweep to resume; run it without --resume", definition);
        if (unfinished != sweeps[0])
            throw Refused($"the latest sweep of {definition.Name}, {sweeps[0].SweepId}, is finished; to continue an earlier one name it: --resume {unfinished.SweepId}", definition);
        var quiet = DateTimeOffset.UtcNow - LastSign(unfinished);
        return quiet <= Abandoned ? unfinished.SweepId
            : throw Refused($"sweep {unfinished.SweepId} was cut off {quiet.TotalDays:0} days ago; to continue it all the same name it: --resume {unfinished.SweepId}", definition);
    }

    /// <summary>The latest sweep, ended or not.</summary>
    /// <exception cref="DiagnosticException">EXP3010: there is none.</exception>
    public static SweepFolder Begun(string root, ExperimentDefinition definition) =>
        SweepFolder.All(root, definition.Name) is [var latest, ..] ? latest
            : throw Refused($"{definition.Name} has no sweep under {Path.GetRelativePath(".", root)}; run it first", definition);

    private static bool IsUnfinished(SweepFolder sweep)
    {
        if (!sweep.HasResults)
            return true;
        var done = sweep.ReadJournal().Select(result => result.TrialId).ToHashSet(StringComparer.Ordinal);
        return sweep.ReadManifest().Plan.Trials.Any(trial => !done.Contains(trial.Id));
    }

    /// <summary>When the sweep last did something.</summary>
    private static DateTimeOffset LastSign(SweepFolder sweep) =>
        sweep.ReadJournal().Select(result => result.StartedAt.AddSeconds(result.DurationSeconds)).Append(sweep.ReadManifest().StartedAt).Max();

    private static DiagnosticException Refused(string message, ExperimentDefinition definition) =>
        new(Core.Diagnostics.TrialDiagnostics.NoSuchSweep.Error(message, definition.PositionOf("name")));
}
