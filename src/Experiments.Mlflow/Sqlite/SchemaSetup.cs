namespace Experiments.Mlflow.Sqlite;

/// <summary>Makes the tables in an empty database, and checks those that are there against what the writer needs.</summary>
internal sealed class SchemaSetup(string path, string artifactRoot, TimeProvider time)
{
    /// <summary>
    /// What is written, with its primary key. Any revision that has these will do: servers have only added columns with defaults since 2.17.
    /// </summary>
    private static readonly (string Table, string[] PrimaryKey, string[] Columns)[] Needed =
    [
        ("experiments", ["experiment_id"],
            ["experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time", "last_update_time"]),
        ("experiment_tags", ["key", "experiment_id"], ["key", "value", "experiment_id"]),
        ("runs", ["run_uuid"],
            ["run_uuid", "name", "source_type", "source_name", "entry_point_name", "user_id", "status", "start_time", "end_time",
             "source_version", "lifecycle_stage", "artifact_uri", "experiment_id", "deleted_time"]),
        ("params", ["key", "run_uuid"], ["key", "value", "run_uuid"]),
        ("tags", ["key", "run_uuid"], ["key", "value", "run_uuid"]),
        ("metrics", ["key", "timestamp", "step", "run_uuid", "value", "is_nan"], ["key", "value", "timestamp", "run_uuid", "step", "is_nan"]),
        ("latest_metrics", ["key", "run_uuid"], ["key", "value", "timestamp", "step", "is_nan", "run_uuid"]),
        ("datasets", ["experiment_id", "name", "digest"],
            ["dataset_uuid", "experiment_id", "name", "digest", "dataset_source_type", "dataset_source", "dataset_schema", "dataset_profile"]),
        ("inputs", ["source_type", "source_id", "destination_type", "destination_id"],
            ["input_uuid", "source_type", "source_id", "destination_type", "destination_id"]),
        ("input_tags", ["input_uuid", "name"], ["input_uuid", "name", "value"]),
    ];

    /// <summary>Whether experiments belong to workspaces (3.11 and newer). Set by <see cref="Prepare"/>.</summary>
    public bool HasWorkspaces { get; private set; }

    public void Prepare(SqliteSession session)
    {
        if (session.Scalar("SELECT count(*) FROM sqlite_master") is 0L)
        {
            Create(session);
            return;
        }

        Check(session);
    }

    private void Create(SqliteSession session)
    {
        using var stream = typeof(SchemaSetup).Assembly.GetManifestResourceStream("Schema.sql")!;
        using var reader = new StreamReader(stream);
        session.Execute(reader.ReadToEnd());
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        session.Execute(
            """
            INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
            VALUES (0, 'Default', $1, 'active', $2, $2)
            """,
            ArtifactRoots.ForExperiment(artifactRoot, 0),
            now);
    }

    private void Check(SqliteSession session)
    {
        var revision = HasTable(session, "alembic_version")
            ? session.Scalar("SELECT version_num FROM alembic_version LIMIT 1") as string
            : throw new MlflowSchemaException(path, null, "it is no MLflow database");

        foreach (var (table, primaryKey, needed) in Needed)
        {
            var columns = session.Query(
                $"SELECT name, \"notnull\", dflt_value IS NOT NULL, pk FROM pragma_table_info('{table}')",
                row => (Name: row.GetString(0), IsMandatory: row.GetBoolean(1), HasDefault: row.GetBoolean(2), KeyIndex: row.GetInt32(3)));
            if (needed.Except(columns.Select(c => c.Name)).FirstOrDefault() is { } missing)
            {
                throw new MlflowSchemaException(path, revision, $"the table '{table}' has no column '{missing}'");
            }

            if (columns.FirstOrDefault(c => c.IsMandatory && !c.HasDefault && !needed.Contains(c.Name)).Name is { } unknown)
            {
                throw new MlflowSchemaException(path, revision, $"the column '{table}.{unknown}' is unknown and wants a value");
            }

            if (!columns.Where(c => c.KeyIndex > 0).Select(c => c.Name).ToHashSet().SetEquals(primaryKey))
            {
                throw new MlflowSchemaException(path, revision, $"the table '{table}' has another primary key");
            }

            HasWorkspaces |= table == "experiments" && columns.Any(c => c.Name == "workspace");
        }
    }

    private static bool HasTable(SqliteSession session, string table) =>
        session.Scalar("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1", table) is not null;
}
