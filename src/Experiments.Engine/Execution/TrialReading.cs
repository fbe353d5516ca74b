using System.Globalization;
using Experiments.Core;
using Experiments.Core.Diagnostics;

namespace Experiments.Engine.Execution;

/// <summary>Says what of a trial's words and files was not read. Pure.</summary>
internal static class TrialReading
{
    private const int MostNames = 5;

    /// <summary>The warnings.</summary>
    /// <param name="events">What of its events was not read, or null.</param>
    /// <param name="ignoredMetrics">Metrics that were not kept, because their names were too many.</param>
    /// <param name="files">Paths of what is no plain file, in the trial's folder.</param>
    internal static IEnumerable<Diagnostic> Unread(Diagnostic? events, long ignoredMetrics, IReadOnlyList<string> files)
    {
        if (events is not null)
            yield return events;
        if (ignoredMetrics > 0)
            yield return TrialDiagnostics.ReportedTooMuch.Warning(string.Create(CultureInfo.InvariantCulture, $"{ignoredMetrics} values of metrics were left out, because it reported too many different names"));
        if (files.Count == 0)
            yield break;
        var names = string.Join(", ", files.Take(MostNames).Select(VisibleText.Of));
        var more = files.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $" and {files.Count - MostNames} more") : "";
        yield return TrialDiagnostics.UnreadableFile.Warning($"it left what is no plain file, which is skipped: {names}{more}");
    }
}
