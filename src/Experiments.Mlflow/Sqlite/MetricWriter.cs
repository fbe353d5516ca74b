using System.Runtime.InteropServices;
using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Sqlite;

/// <summary>
/// Writes metric points and keeps <c>latest_metrics</c>: of each metric the point with the greatest step, then time, then value,
/// where NaN counts as 0 because that is how it is stored.
/// </summary>
internal static class MetricWriter
{
    private const string InsertPoint =
        """INSERT OR IGNORE INTO metrics ("key", value, timestamp, run_uuid, step, is_nan) VALUES ($1, $2, $3, $4, $5, $6)""";

    private const string UpsertLatest =
        """
        INSERT INTO latest_metrics ("key", value, timestamp, run_uuid, step, is_nan) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT ("key", run_uuid) DO UPDATE
        SET value = excluded.value, timestamp = excluded.timestamp, step = excluded.step, is_nan = excluded.is_nan
        WHERE (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value)
        """;

    public static void Write(SqliteSession session, string runId, IReadOnlyList<MetricPoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        var latest = new Dictionary<string, MetricPoint>(StringComparer.Ordinal);
        var insert = session.Prepare(InsertPoint, "", 0d, 0L, runId, 0L, 0L);
        var (key, value, timestamp, step, isNaN) =
            (insert.Parameters[0], insert.Parameters[1], insert.Parameters[2], insert.Parameters[4], insert.Parameters[5]);
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            key.Value = point.Key;
            value.Value = Stored(point.Value);
            timestamp.Value = point.TimestampMs;
            step.Value = point.Step;
            isNaN.Value = double.IsNaN(point.Value) ? 1L : 0L;
            insert.ExecuteNonQuery();

            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, point.Key, out var exists);
            if (!exists || IsLater(point, last))
            {
                last = point;
            }
        }

        foreach (var point in latest.Values)
        {
            session.Execute(
                UpsertLatest,
                point.Key,
                Stored(point.Value),
                point.TimestampMs,
                runId,
                point.Step,
                double.IsNaN(point.Value) ? 1L : 0L);
        }
    }

    public static List<MetricPoint> History(SqliteSession session, string runId, string key) => session.Query(
        """
        SELECT "key", value, timestamp, step, is_nan FROM metrics WHERE run_uuid = $1 AND "key" = $2
        ORDER BY timestamp, step, value, is_nan
        """,
        row => RunReader.ReadPoint(row, 0),
        runId,
        key);

    private static double Stored(double value) =>
        double.IsNaN(value) ? 0 : Math.Clamp(value, double.MinValue, double.MaxValue);

    private static bool IsLater(MetricPoint point, MetricPoint than) =>
        (point.Step, point.TimestampMs, Stored(point.Value)).CompareTo((than.Step, than.TimestampMs, Stored(than.Value))) > 0;
}
