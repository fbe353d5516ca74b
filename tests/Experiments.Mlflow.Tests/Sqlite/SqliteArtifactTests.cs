namespace Experiments.Mlflow.Tests.Sqlite;

public sealed class SqliteArtifactTests
{
    [Fact]
    public async Task Artifacts_lie_where_local_servers_look_for_them()
    {
        await using var db = new SqliteFixture();
        var run = await db.NewRunAsync();

        await db.Store.UploadArtifactAsync(run.Id, "logs/a.txt", new MemoryStream("hello"u8.ToArray()), TestContext.Current.CancellationToken);

        Assert.Equal("hello", File.ReadAllText(Path.Combine(db.ArtifactRoot, run.ExperimentId, run.Id, "artifacts", "logs", "a.txt")));
    }
}
