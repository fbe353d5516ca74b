using Experiments.Mlflow.Entities;
using Microsoft.Data.Sqlite;

namespace Experiments.Mlflow.Tests.Sqlite;

/// <summary>A fresh database with a store upon it, and a second connection that looks at the tables.</summary>
internal sealed class SqliteFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SqliteFixture() => Store = Open();

    public IMlflowStore Store { get; }

    public List<MlflowWarning> Warnings { get; } = [];

    public string Path => _folder.File("mlflow.db");

    public string ArtifactRoot => _folder.File("mlartifacts");

    public IMlflowStore Open() => MlflowStore.Open(new MlflowOptions { TrackingUri = $"sqlite:///{Path}", OnWarning = Warnings.Add });

    public async Task<MlflowRun> NewRunAsync(params Tag[] tags) => await Store.CreateRunAsync(
        new NewRun { ExperimentId = (await Store.GetOrCreateExperimentAsync("sweeps")).Id, Name = "first", Tags = tags });

    public void Execute(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public List<string> Query(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }
}
