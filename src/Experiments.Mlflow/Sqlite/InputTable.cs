using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Sqlite;

/// <summary>Reads and writes the datasets that runs read.</summary>
internal static class InputTable
{
    public static void Write(SqliteSession session, string runId, IReadOnlyList<DatasetInput> inputs)
    {
        RunTable.RequireActive(session, runId);
        var experimentId = session.Scalar("SELECT experiment_id FROM runs WHERE run_uuid = $1", runId);
        foreach (var input in inputs)
        {
            IdRules.CheckDataset(input);
            var datasetId = FindOrAddDataset(session, experimentId, input);
            var inputId = FindOrAddInput(session, datasetId, runId);
            if (input.Context is not null)
            {
                TextLimit.CheckLength("the dataset's context", input.Context, 500);
                session.Execute(
                    """
                    INSERT INTO input_tags (input_uuid, name, value) VALUES ($1, $2, $3)
                    ON CONFLICT (input_uuid, name) DO UPDATE SET value = excluded.value
                    """,
                    inputId,
                    MlflowTags.DataContext,
                    input.Context);
            }
        }
    }

    public static List<(string RunId, DatasetInput Input)> Read(SqliteSession session, string runIdsJson) => session.Query(
        $"""
        SELECT inputs.destination_id, datasets.name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile, input_tags.value
        FROM inputs JOIN datasets ON datasets.dataset_uuid = inputs.source_id
        LEFT JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid AND input_tags.name = '{MlflowTags.DataContext}'
        WHERE inputs.destination_type = 'RUN' AND inputs.source_type = 'DATASET'
            AND inputs.destination_id IN (SELECT value FROM json_each($1))
        ORDER BY inputs.rowid
        """,
        row => (row.GetString(0), new DatasetInput
        {
            Name = row.GetString(1),
            Digest = row.GetString(2),
            SourceType = row.GetString(3),
            Source = row.GetString(4),
            Schema = row.IsDBNull(5) ? null : row.GetString(5),
            Profile = row.IsDBNull(6) ? null : row.GetString(6),
            Context = row.IsDBNull(7) ? null : row.GetString(7),
        }),
        runIdsJson);

    private static string FindOrAddDataset(SqliteSession session, object? experimentId, DatasetInput input)
    {
        session.Execute(
            """
            INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source, dataset_schema, dataset_profile)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (experiment_id, name, digest) DO NOTHING
            """,
            Guid.NewGuid().ToString("N"),
            experimentId,
            input.Name,
            input.Digest,
            input.SourceType,
            input.Source,
            input.Schema,
            input.Profile);
        return (string)session.Scalar(
            "SELECT dataset_uuid FROM datasets WHERE experiment_id = $1 AND name = $2 AND digest = $3", experimentId, input.Name, input.Digest)!;
    }

    private static string FindOrAddInput(SqliteSession session, string datasetId, string runId)
    {
        session.Execute(
            """
            INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id)
            VALUES ($1, 'DATASET', $2, 'RUN', $3) ON CONFLICT (source_type, source_id, destination_type, destination_id) DO NOTHING
            """,
            Guid.NewGuid().ToString("N"),
            datasetId,
            runId);
        return (string)session.Scalar(
            """
            SELECT input_uuid FROM inputs
            WHERE source_type = 'DATASET' AND source_id = $1 AND destination_type = 'RUN' AND destination_id = $2
            """,
            datasetId,
            runId)!;
    }
}
