using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Writes a checked batch in the transaction of its session.</summary>
internal static class BatchWriter
{
    public static void Write(SqliteSession session, string runId, RunBatch batch)
    {
        RunTable.RequireActive(session, runId);
        foreach (var param in batch.Params)
        {
            WriteParam(session, runId, param);
        }

        MetricWriter.Write(session, runId, batch.Metrics);
        foreach (var tag in batch.Tags)
        {
            WriteTag(session, runId, tag);
        }
    }

    public static void WriteTag(SqliteSession session, string runId, Tag tag)
    {
        session.Execute(
            """
            INSERT INTO tags ("key", value, run_uuid) VALUES ($2, $3, $1)
            ON CONFLICT ("key", run_uuid) DO UPDATE SET value = excluded.value
            """,
            runId,
            tag.Key,
            tag.Value);
        if (tag.Key == MlflowTags.RunName)
        {
            session.Execute("UPDATE runs SET name = $2 WHERE run_uuid = $1", runId, tag.Value);
        }
    }

    public static void DeleteTag(SqliteSession session, string runId, string key)
    {
        RunTable.RequireActive(session, runId);
        session.Execute("""DELETE FROM tags WHERE run_uuid = $1 AND "key" = $2""", runId, key);
    }

    private static void WriteParam(SqliteSession session, string runId, Param param)
    {
        var inserted = session.Execute(
            """INSERT INTO params ("key", value, run_uuid) VALUES ($2, $3, $1) ON CONFLICT ("key", run_uuid) DO NOTHING""",
            runId,
            param.Key,
            param.Value);
        if (inserted == 0
            && session.Scalar("""SELECT value FROM params WHERE run_uuid = $1 AND "key" = $2""", runId, param.Key) is string old
            && old != param.Value)
        {
            throw new MlflowException(
                MlflowErrorCode.InvalidParameterValue,
                $"a param cannot be changed: '{param.Key}' of the run {runId} is '{old}' and was to become '{param.Value}'");
        }
    }
}
