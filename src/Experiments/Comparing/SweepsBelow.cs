using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Engine.Journal;

namespace Experiments.Comparing;

/// <summary>Finds judged sweeps in folders of any layout, such as the downloaded artifact of a CI job.</summary>
internal static class SweepsBelow
{
    private const int Depth = 6; // ARTIFACT/.experiments/NAME/ID/results.json, and some more

    /// <summary>The latest sweep of each experiment, in the order of the experiments' names.</summary>
    /// <param name="folder">Where to look.</param>
    /// <exception cref="DiagnosticException">EXP3010: there is none, or one cannot be read.</exception>
    public static IReadOnlyList<SweepRun> Of(string folder)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        var found = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "results.json", everywhere).Select(file => new SweepFolder(Path.GetDirectoryName(Path.GetFullPath(file))!)).Where(sweep => sweep.HasResults).ToArray()
            : [];
        var latest = found.Select(sweep => new SweepRun(sweep.ReadReport(), sweep.Path)).GroupBy(run => run.Report.Sweep.Experiment, StringComparer.Ordinal)
            .Select(runs => runs.MaxBy(run => run.Report.Sweep.SweepId, StringComparer.Ordinal)!).OrderBy(run => run.Report.Sweep.Experiment, StringComparer.Ordinal).ToArray();
        return latest.Length > 0 ? latest : throw new DiagnosticException(TrialDiagnostics.NoSuchSweep.Error($"{folder} holds no finished sweep"));
    }
}
