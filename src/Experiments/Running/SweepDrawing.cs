using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Reports.Files;
using Experiments.Reports.Pictures;

namespace Experiments.Running;

/// <summary>Draws a sweep's pictures, and its page with them, where the machine can; a sweep without them is whole.</summary>
internal static class SweepDrawing
{
    /// <summary>Draws them; what keeps it from that is said.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="report">The sweep.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="notes">Where it is said.</param>
    public static async Task TryAsync(string folder, SweepReport report, ExperimentDefinition definition, TextWriter notes)
    {
        try
        {
            await SweepPictures.WriteAsync(folder, report, definition.Train.WarmupSteps).ConfigureAwait(false);
            await ReportFiles.WritePageAsync(folder, report).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TypeInitializationException)
        {
            notes.WriteLine(TrackingDiagnostics.NotDrawn.Warning(exception.GetBaseException().Message));
        }
    }
}
