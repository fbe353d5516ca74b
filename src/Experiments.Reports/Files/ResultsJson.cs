using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;

namespace Experiments.Reports.Files;

/// <summary><c>results.json</c>: everything, for programs.</summary>
public static class ResultsJson
{
    /// <summary>The report as indented JSON with a line feed at its end.</summary>
    /// <param name="report">The report.</param>
    public static string Render(SweepReport report) => JsonSerializer.Serialize(report, ExperimentsJson.Indented.SweepReport).ReplaceLineEndings("\n") + "\n";

    /// <summary>Reads it back.</summary>
    /// <param name="json">The file's text.</param>
    /// <exception cref="JsonException">It is no report.</exception>
    public static SweepReport Parse(string json) =>
        JsonSerializer.Deserialize(json, ExperimentsJson.Indented.SweepReport) ?? throw new JsonException("results.json holds null.");
}
