using System.Globalization;
using System.Text.Json;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http.Wire;
using Experiments.Mlflow.Validation;
using Microsoft.Data.Sqlite;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Reads runs with all that belongs to them, each table once whatever the number of runs.</summary>
internal static class RunReader
{
    private const string OfTheseRuns = "run_uuid IN (SELECT value FROM json_each($1)) ORDER BY rowid";

    public static List<MlflowRun> Read(SqliteSession session, string condition, params ReadOnlySpan<object?> values)
    {
        var runs = session.Query(
            $"""
            SELECT run_uuid, experiment_id, name, user_id, status, start_time, end_time, artifact_uri, lifecycle_stage FROM runs {condition}
            """,
            Map,
            values);
        if (runs.Count == 0)
        {
            return runs;
        }

        var ids = JsonSerializer.Serialize(runs.ConvertAll(run => run.Id), MlflowJson.Default.ListString);
        var parameters = session.Query(
            $"SELECT run_uuid, \"key\", value FROM params WHERE {OfTheseRuns}", row => (row.GetString(0), new Param(row.GetString(1), row.GetString(2))), ids);
        var tags = session.Query(
            $"SELECT run_uuid, \"key\", value FROM tags WHERE {OfTheseRuns}",
            row => (row.GetString(0), new Tag(row.GetString(1), row.IsDBNull(2) ? "" : row.GetString(2))),
            ids);
        var metrics = session.Query(
            $"SELECT run_uuid, \"key\", value, timestamp, step, is_nan FROM latest_metrics WHERE {OfTheseRuns}",
            row => (row.GetString(0), ReadPoint(row, 1)),
            ids);
        return Join(runs, parameters, tags, metrics, InputTable.Read(session, ids));
    }

    /// <summary>Reads key, value, timestamp, step and is_nan from a row, beginning at a column.</summary>
    public static MetricPoint ReadPoint(SqliteDataReader row, int at) => new(
        row.GetString(at),
        row.GetBoolean(at + 4) ? double.NaN : row.GetDouble(at + 1),
        row.IsDBNull(at + 2) ? 0 : row.GetInt64(at + 2),
        row.GetInt64(at + 3));

    private static List<MlflowRun> Join(
        List<MlflowRun> runs,
        List<(string, Param)> parameters,
        List<(string, Tag)> tags,
        List<(string, MetricPoint)> metrics,
        List<(string, DatasetInput)> inputs)
    {
        var paramsOf = parameters.ToLookup(pair => pair.Item1, pair => pair.Item2);
        var tagsOf = tags.ToLookup(pair => pair.Item1, pair => pair.Item2);
        var metricsOf = metrics.ToLookup(pair => pair.Item1, pair => pair.Item2);
        var inputsOf = inputs.ToLookup(pair => pair.Item1, pair => pair.Item2);
        return runs.ConvertAll(run => run with
        {
            Params = [.. paramsOf[run.Id]],
            Tags = [.. tagsOf[run.Id]],
            LatestMetrics = [.. metricsOf[run.Id]],
            Inputs = [.. inputsOf[run.Id]],
        });
    }

    private static MlflowRun Map(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        ExperimentId = row.GetInt64(1).ToString(CultureInfo.InvariantCulture),
        Name = row.IsDBNull(2) ? "" : row.GetString(2),
        User = row.IsDBNull(3) ? "" : row.GetString(3),
        Status = Stages.ParseStatus(row.IsDBNull(4) ? null : row.GetString(4)),
        StartTimeMs = row.IsDBNull(5) ? 0 : row.GetInt64(5),
        EndTimeMs = row.IsDBNull(6) ? null : row.GetInt64(6),
        ArtifactUri = row.IsDBNull(7) ? "" : row.GetString(7),
        Stage = Stages.Parse(row.IsDBNull(8) ? null : row.GetString(8)),
    };
}
