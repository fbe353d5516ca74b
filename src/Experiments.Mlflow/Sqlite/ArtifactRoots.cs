using System.Globalization;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Where artifacts lie by default, laid out as MLflow's own servers do.</summary>
internal static class ArtifactRoots
{
    public static string ForExperiment(string root, long experimentId) =>
        $"{root}/{experimentId.ToString(CultureInfo.InvariantCulture)}";

    public static string ForRun(string experimentLocation, string runId) => $"{experimentLocation.TrimEnd('/')}/{runId}/artifacts";
}
