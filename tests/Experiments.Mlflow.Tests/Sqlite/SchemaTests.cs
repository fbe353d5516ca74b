using Experiments.Mlflow.Entities;

namespace Experiments.Mlflow.Tests.Sqlite;

public sealed class SchemaTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_database_has_the_tables_and_the_revision_of_2_17_and_is_sound()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync(new Tag("a", "1"));
        await db.Store.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation);

        Assert.Equal(["f5a4f2784254"], db.Query("SELECT version_num FROM alembic_version"));
        Assert.Equal(19, db.Query("SELECT name FROM sqlite_master WHERE type = 'table'").Count);
        Assert.Equal(["0|Default|active"], db.Query("SELECT experiment_id, name, lifecycle_stage FROM experiments WHERE experiment_id = 0"));
        Assert.Equal(["ok"], db.Query("PRAGMA integrity_check"));
        Assert.Empty(db.Query("PRAGMA foreign_key_check"));
        Assert.Equal(["wal"], db.Query("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Each_column_and_each_constraint_stands_on_a_line_of_its_own()
    {
        await using var db = new SqliteFixture();
        await db.NewRunAsync();

        foreach (var sql in db.Query("SELECT sql FROM sqlite_master WHERE type = 'table'"))
        {
            foreach (var line in sql.Split('\n')[1..^1])
            {
                var parts = line.Trim().TrimEnd(',');
                var depth = 0;
                Assert.DoesNotContain(parts, c => (depth += c == '(' ? 1 : c == ')' ? -1 : 0) == 0 && c == ',');
            }
        }
    }

    [Fact]
    public async Task The_writer_goes_on_after_a_newer_server_has_upgraded_the_database()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        Upgrade(db);
        await using var again = db.Open();

        await again.LogBatchAsync(run.Id, new RunBatch { Metrics = [new("m", 1, 1)], Params = [new("p", "1")], Tags = [new("t", "1")] }, Cancellation);
        await again.LogInputsAsync(run.Id, [new DatasetInput { Name = "d", Digest = "1" }], Cancellation);
        var other = await again.GetOrCreateExperimentAsync("other", Cancellation);
        await db.Store.LogMetricAsync(run.Id, new("m", 2, 2, 1), Cancellation);

        Assert.Equal(["default"], db.Query($"SELECT workspace FROM experiments WHERE experiment_id = {other.Id}"));
        Assert.Equal(2, (await again.GetRunAsync(run.Id, Cancellation)).LatestMetrics[0].Value);
        Assert.Single((await again.GetRunAsync(run.Id, Cancellation)).Inputs);
    }

    [Fact]
    public async Task An_experiment_of_another_workspace_is_not_ours()
    {
        await using var db = new SqliteFixture();
        await db.NewRunAsync();
        Upgrade(db);
        db.Execute("INSERT INTO experiments (name, workspace, artifact_location, lifecycle_stage) VALUES ('theirs', 'team', '/x', 'active')");
        await using var again = db.Open();

        Assert.Null(await again.FindExperimentAsync("theirs", Cancellation));
    }

    [Theory]
    [InlineData("ALTER TABLE metrics ADD COLUMN shard BIGINT NOT NULL DEFAULT 0; UPDATE alembic_version SET version_num = 'feedfacecafe'", null)]
    [InlineData("ALTER TABLE metrics RENAME COLUMN is_nan TO nan_flag", "no column 'is_nan'")]
    [InlineData("DROP TABLE metrics; CREATE TABLE metrics (key, value, timestamp, run_uuid, step, is_nan, shard NOT NULL)", "'metrics.shard' is unknown")]
    [InlineData("DROP TABLE params; CREATE TABLE params (key, value, run_uuid, PRIMARY KEY (run_uuid, key, value))", "another primary key")]
    [InlineData("DROP TABLE alembic_version", "it is no MLflow database")]
    public async Task A_schema_that_cannot_be_written_is_refused_with_the_reason(string change, string? reason)
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();
        db.Execute(change);
        await using var again = db.Open();

        if (reason is null)
        {
            await again.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation);
            return;
        }

        var e = await Assert.ThrowsAsync<MlflowSchemaException>(() => again.LogMetricAsync(run.Id, new("m", 1, 1), Cancellation));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(db.Path, e.DatabasePath);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("x.db"), new string('x', 4096), Cancellation);
        await using var store = MlflowStore.Open($"sqlite:///{folder.File("x.db")}");

        await Assert.ThrowsAsync<MlflowSchemaException>(() => store.GetExperimentAsync("0", Cancellation));
    }

    // What 3.11 changes in the tables that are written here: experiments belong to a workspace, inputs have a step, and indexes come.
    private static void Upgrade(SqliteFixture db) => db.Execute(
        """
        PRAGMA foreign_keys = OFF;
        CREATE TABLE _alembic_tmp_experiments (
            experiment_id INTEGER NOT NULL,
            name VARCHAR(256) NOT NULL,
            artifact_location VARCHAR(256),
            lifecycle_stage VARCHAR(32),
            creation_time BIGINT,
            last_update_time BIGINT,
            workspace VARCHAR(63) DEFAULT 'default' NOT NULL,
            CONSTRAINT experiment_pk PRIMARY KEY (experiment_id),
            CONSTRAINT experiments_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')),
            CONSTRAINT uq_experiments_workspace_name UNIQUE (workspace, name)
        );
        INSERT INTO _alembic_tmp_experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time)
            SELECT * FROM experiments;
        DROP TABLE experiments;
        ALTER TABLE _alembic_tmp_experiments RENAME TO experiments;
        CREATE INDEX idx_experiments_workspace ON experiments (workspace);
        ALTER TABLE inputs ADD COLUMN step BIGINT DEFAULT '0' NOT NULL;
        CREATE TABLE workspaces (name VARCHAR(63) NOT NULL PRIMARY KEY, description TEXT, default_artifact_root TEXT);
        UPDATE alembic_version SET version_num = '7d34483879f0';
        """);
}
