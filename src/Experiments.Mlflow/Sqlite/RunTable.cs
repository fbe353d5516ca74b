using System.Globalization;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Search;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Reads and writes runs.</summary>
internal sealed class RunTable(TimeProvider time, Action<MlflowWarning>? onWarning)
{
    private const int MaxSourceName = 500;

    public MlflowRun Create(SqliteSession session, NewRun run)
    {
        var experiment = ExperimentTable.RequireActive(session, run.ExperimentId);
        if (run.Key is not null && FindByKey(session, run) is { } existing)
        {
            return existing;
        }

        var id = Guid.NewGuid().ToString("N");
        var tagName = run.Tags.LastOrDefault(tag => tag.Key == MlflowTags.RunName)?.Value;
        if (run.Name is not null && tagName is not null && run.Name != tagName)
        {
            throw new MlflowException(
                MlflowErrorCode.InvalidParameterValue, $"the run has two names: '{run.Name}' and, as a tag, '{tagName}'");
        }

        var name = run.Name ?? tagName ?? $"run-{id[..8]}";
        string Source(string key) => run.Tags.LastOrDefault(tag => tag.Key == key)?.Value ?? "";
        session.Execute(
            """
            INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, source_version,
                lifecycle_stage, artifact_uri, experiment_id)
            VALUES ($1, $2, 'UNKNOWN', $3, '', $4, 'RUNNING', $5, $6, 'active', $7, $8)
            """,
            id,
            name,
            TextLimit.Cut(Source(MlflowTags.SourceName), MaxSourceName),
            run.User,
            run.StartTimeMs ?? Now(),
            TextLimit.Cut(Source(MlflowTags.GitCommit), 50),
            ArtifactRoots.ForRun(experiment.ArtifactLocation, id),
            IdRules.ParseExperimentId(run.ExperimentId));

        List<Tag> tags = [.. run.Tags, new Tag(MlflowTags.RunName, name)];
        if (run.Key is not null)
        {
            tags.Add(new Tag(MlflowTags.RunKey, run.Key));
        }

        foreach (var tag in BatchRules.Tags(id, tags, onWarning))
        {
            BatchWriter.WriteTag(session, id, tag);
        }

        return Get(session, id);
    }

    public static MlflowRun Get(SqliteSession session, string runId)
    {
        IdRules.CheckRunId(runId);
        return RunReader.Read(session, "WHERE runs.run_uuid = $1", runId).SingleOrDefault()
            ?? throw new MlflowException(MlflowErrorCode.ResourceDoesNotExist, $"no run with the id {runId}");
    }

    public static Page<MlflowRun> Search(SqliteSession session, RunQuery query)
    {
        var offset = PageToken.Read(query.PageToken);
        var sql = new SqlText();
        var ids = query.ExperimentIds.Select(IdRules.ParseExperimentId).Select(id => id.ToString(CultureInfo.InvariantCulture));
        sql.Add($"WHERE experiment_id IN ({string.Join(", ", ids)}) AND {Stages.Condition(query.View, "lifecycle_stage")}");
        RunSearch.AddTo(sql, query);
        sql.Add($" LIMIT {query.MaxResults + 1L} OFFSET {offset}");
        var found = RunReader.Read(session, sql.Text, sql.Values);
        return found.Count > query.MaxResults
            ? new Page<MlflowRun>(found[..query.MaxResults], PageToken.Write(offset + query.MaxResults))
            : new Page<MlflowRun>(found, null);
    }

    public static void Update(SqliteSession session, string runId, RunUpdate update)
    {
        RequireActive(session, runId);
        session.Execute(
            "UPDATE runs SET status = coalesce($2, status), end_time = coalesce($3, end_time), name = coalesce($4, name) WHERE run_uuid = $1",
            runId,
            update.Status is { } status ? Stages.Write(status) : null,
            update.EndTimeMs,
            update.Name);
        if (update.Name is not null)
        {
            BatchWriter.WriteTag(session, runId, new Tag(MlflowTags.RunName, update.Name));
        }
    }

    public void SetStage(SqliteSession session, string runId, LifecycleStage stage)
    {
        _ = FindStage(session, runId);
        var deleted = stage == LifecycleStage.Deleted;
        session.Execute(
            "UPDATE runs SET lifecycle_stage = $2, deleted_time = $3 WHERE run_uuid = $1 AND lifecycle_stage <> $2",
            runId,
            deleted ? Stages.Deleted : Stages.Active,
            deleted ? Now() : null);
    }

    public static void RequireActive(SqliteSession session, string runId)
    {
        if (FindStage(session, runId) != Stages.Active)
        {
            throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"the run {runId} is deleted");
        }
    }

    private static string FindStage(SqliteSession session, string runId)
    {
        IdRules.CheckRunId(runId);
        return session.Scalar("SELECT lifecycle_stage FROM runs WHERE run_uuid = $1", runId) as string
            ?? throw new MlflowException(MlflowErrorCode.ResourceDoesNotExist, $"no run with the id {runId}");
    }

    private static MlflowRun? FindByKey(SqliteSession session, NewRun run) => RunReader.Read(
        session,
        """
        WHERE runs.experiment_id = $1 AND runs.lifecycle_stage = 'active'
            AND runs.run_uuid IN (SELECT run_uuid FROM tags WHERE "key" = $2 AND value = $3) ORDER BY runs.start_time, runs.run_uuid LIMIT 1
        """,
        IdRules.ParseExperimentId(run.ExperimentId),
        MlflowTags.RunKey,
        run.Key).SingleOrDefault();

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
