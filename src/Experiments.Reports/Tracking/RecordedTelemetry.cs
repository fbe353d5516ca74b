using Experiments.Shared;

namespace Experiments.Reports.Tracking;

/// <summary>The lines of <c>telemetry.csv</c> in a trial's folder.</summary>
internal static class RecordedTelemetry
{
    /// <summary>A year of sampling is less.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>The lines with their heading; none where no plain file holds them.</summary>
    /// <param name="trialFolder">The trial's folder.</param>
    /// <exception cref="IOException">The file ceases to be readable.</exception>
    public static IEnumerable<string> Read(string trialFolder)
    {
        var path = Path.Combine(trialFolder, "telemetry.csv");
        return PlainFile.IsRefused(path) ? [] : PlainLines.First(path, MostBytes);
    }
}
