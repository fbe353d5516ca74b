using System.Text.Json;

namespace Experiments.Mlflow;

/// <summary>Addresses in MLflow's web pages that work on every server from 2.17 on.</summary>
public static class MlflowLinks
{
    /// <summary>The table of an experiment's runs.</summary>
    /// <param name="server">The server's address, such as <c>http://localhost:5000</c>.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <returns>The address.</returns>
    public static string Runs(string server, string experimentId) => $"{server.TrimEnd('/')}/#/experiments/{experimentId}/runs";

    /// <summary>The table of an experiment's runs as a shared view has it; where there is none, or the server knows none, the plain table.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="key">The view's key: what follows <see cref="MlflowTags.SharedViewPrefix"/> in the name of the experiment's tag.</param>
    /// <returns>The address.</returns>
    public static string View(string server, string experimentId, string key) => $"{Runs(server, experimentId)}?viewStateShareKey={Uri.EscapeDataString(key)}";

    /// <summary>The charts of an experiment's runs as a shared view has them.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="key">The view's key, as in <see cref="View"/>.</param>
    /// <returns>The address.</returns>
    public static string Charts(string server, string experimentId, string key) => $"{View(server, experimentId, key)}&compareRunsMode=CHART";

    /// <summary>One run.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="runId">The run.</param>
    /// <returns>The address.</returns>
    public static string Run(string server, string experimentId, string runId) =>
        $"{server.TrimEnd('/')}/#/experiments/{experimentId}/runs/{runId}";

    /// <summary>The comparison of some runs of an experiment.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="experimentId">The experiment.</param>
    /// <param name="runIds">The runs.</param>
    /// <returns>The address.</returns>
    public static string Compare(string server, string experimentId, IEnumerable<string> runIds) =>
        $"{server.TrimEnd('/')}/#/compare-runs?runs={List(runIds)}&experiments={List([experimentId])}";

    private static string List(IEnumerable<string> ids) =>
        Uri.EscapeDataString($"[{string.Join(',', ids.Select(id => $"\"{JsonEncodedText.Encode(id)}\""))}]");
}
