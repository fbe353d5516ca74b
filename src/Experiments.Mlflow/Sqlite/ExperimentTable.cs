using System.Globalization;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;
using Experiments.Mlflow.Search;
using Experiments.Mlflow.Validation;
using Microsoft.Data.Sqlite;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Reads and writes experiments and their tags.</summary>
internal sealed class ExperimentTable(SchemaSetup schema, string artifactRoot, TimeProvider time)
{
    private const string Columns = "experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time";

    private string InWorkspace => schema.HasWorkspaces ? "workspace = 'default'" : "1";

    public string Create(SqliteSession session, NewExperiment experiment)
    {
        if (Find(session, experiment.Name) is not null)
        {
            throw new MlflowException(MlflowErrorCode.ResourceAlreadyExists, $"an experiment '{experiment.Name}' exists already");
        }

        var now = Now();
        var id = (long)session.Scalar(
            """
            INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time)
            VALUES ($1, $2, 'active', $3, $3) RETURNING experiment_id
            """,
            experiment.Name,
            experiment.ArtifactLocation,
            now)!;
        if (experiment.ArtifactLocation is null)
        {
            session.Execute("UPDATE experiments SET artifact_location = $2 WHERE experiment_id = $1", id, ArtifactRoots.ForExperiment(artifactRoot, id));
        }

        foreach (var tag in experiment.Tags)
        {
            WriteTag(session, id, tag);
        }

        return id.ToString(CultureInfo.InvariantCulture);
    }

    public MlflowExperiment? Find(SqliteSession session, string name) =>
        Read(session, $"WHERE name = $1 AND {InWorkspace}", name).SingleOrDefault();

    public static MlflowExperiment Get(SqliteSession session, string experimentId) =>
        Read(session, "WHERE experiment_id = $1", IdRules.ParseExperimentId(experimentId)).SingleOrDefault() ?? throw Missing(experimentId);

    public Page<MlflowExperiment> Search(SqliteSession session, ExperimentQuery query)
    {
        var offset = PageToken.Read(query.PageToken);
        var sql = new SqlText();
        sql.Add($"WHERE {InWorkspace} AND {Stages.Condition(query.View, "lifecycle_stage")}");
        ExperimentSearch.AddTo(sql, query);
        sql.Add($" LIMIT {query.MaxResults + 1L} OFFSET {offset}");
        var found = Read(session, sql.Text, sql.Values);
        return found.Count > query.MaxResults
            ? new Page<MlflowExperiment>(found[..query.MaxResults], PageToken.Write(offset + query.MaxResults))
            : new Page<MlflowExperiment>(found, null);
    }

    public void Rename(SqliteSession session, string experimentId, string newName)
    {
        RequireActive(session, experimentId);
        if (Find(session, newName) is { } other && other.Id != experimentId)
        {
            throw new MlflowException(MlflowErrorCode.ResourceAlreadyExists, $"an experiment '{newName}' exists already");
        }

        session.Execute(
            "UPDATE experiments SET name = $2, last_update_time = $3 WHERE experiment_id = $1",
            IdRules.ParseExperimentId(experimentId),
            newName,
            Now());
    }

    public static void SetTag(SqliteSession session, string experimentId, Tag tag)
    {
        RequireActive(session, experimentId);
        WriteTag(session, IdRules.ParseExperimentId(experimentId), tag);
    }

    public void SetStage(SqliteSession session, string experimentId, LifecycleStage stage)
    {
        _ = Get(session, experimentId);
        var id = IdRules.ParseExperimentId(experimentId);
        var now = Now();
        var deleted = stage == LifecycleStage.Deleted;
        var name = deleted ? Stages.Deleted : Stages.Active;
        session.Execute(
            "UPDATE experiments SET lifecycle_stage = $2, last_update_time = $3 WHERE experiment_id = $1 AND lifecycle_stage <> $2", id, name, now);
        session.Execute(
            "UPDATE runs SET lifecycle_stage = $2, deleted_time = $3 WHERE experiment_id = $1 AND lifecycle_stage <> $2",
            id,
            name,
            deleted ? now : null);
    }

    public static MlflowExperiment RequireActive(SqliteSession session, string experimentId)
    {
        var experiment = Get(session, experimentId);
        return experiment.Stage == LifecycleStage.Active
            ? experiment
            : throw new MlflowException(MlflowErrorCode.InvalidParameterValue, $"the experiment {experimentId} is deleted");
    }

    private static void WriteTag(SqliteSession session, long id, Tag tag)
    {
        KeyRules.Check("tag", tag.Key);
        TextLimit.CheckLength($"the value of the experiment's tag '{tag.Key}'", tag.Value, TextLimit.ExperimentTagValue);
        session.Execute(
            """
            INSERT INTO experiment_tags ("key", value, experiment_id) VALUES ($2, $3, $1)
            ON CONFLICT ("key", experiment_id) DO UPDATE SET value = excluded.value
            """,
            id,
            tag.Key,
            tag.Value);
    }

    private static List<MlflowExperiment> Read(SqliteSession session, string condition, params ReadOnlySpan<object?> values)
    {
        var experiments = session.Query($"SELECT {Columns} FROM experiments {condition}", Map, values);
        return experiments.ConvertAll(experiment => experiment with
        {
            Tags = session.Query(
                """SELECT "key", value FROM experiment_tags WHERE experiment_id = $1 ORDER BY rowid""",
                row => new Tag(row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1)),
                IdRules.ParseExperimentId(experiment.Id)),
        });
    }

    private static MlflowExperiment Map(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0).ToString(CultureInfo.InvariantCulture),
        Name = row.GetString(1),
        ArtifactLocation = row.IsDBNull(2) ? "" : row.GetString(2),
        Stage = Stages.Parse(row.IsDBNull(3) ? null : row.GetString(3)),
        CreationTimeMs = row.IsDBNull(4) ? null : row.GetInt64(4),
        LastUpdateTimeMs = row.IsDBNull(5) ? null : row.GetInt64(5),
    };

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static MlflowException Missing(string experimentId) =>
        new(MlflowErrorCode.ResourceDoesNotExist, $"no experiment with the id {experimentId}");
}
