using Experiments.Mlflow.Tests.Sqlite;

namespace Experiments.Mlflow.Tests;

public sealed class TrackingUriTests
{
    [Theory]
    [InlineData("sqlite:////data/x.db", "/data/x.db")]
    [InlineData("sqlite:////data/x%20y.db?timeout=5", "/data/x%20y.db")]
    public void An_absolute_path_has_four_slashes(string uri, string path)
    {
        Assert.SkipUnless(Path.DirectorySeparatorChar == '/', "paths of this system begin otherwise");
        Assert.Equal(path, Experiments.Mlflow.Sqlite.SqliteUri.TryGetPath(uri));
    }

    [Fact]
    public void A_relative_path_has_three_slashes() =>
        Assert.Equal(Path.GetFullPath("x.db"), Experiments.Mlflow.Sqlite.SqliteUri.TryGetPath("sqlite:///x.db"));

    [Theory]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///")]
    [InlineData("sqlite:///:memory:")]
    [InlineData("postgresql://host/db")]
    [InlineData("./mlruns")]
    [InlineData("file:///tmp/mlruns")]
    [InlineData("databricks")]
    [InlineData("http://")]
    public void What_is_no_known_tracking_uri_is_refused(string uri) => Assert.Throws<ArgumentException>(() => MlflowStore.Open(uri));

    [Fact]
    public void Links_lead_to_pages_that_every_server_has()
    {
        Assert.Equal("http://localhost:5000/#/experiments/3/runs", MlflowLinks.Runs("http://localhost:5000/", "3"));
        Assert.Equal(
            "http://localhost:5000/#/compare-runs?runs=%5B%22a%22%2C%22b%22%5D&experiments=%5B%223%22%5D",
            MlflowLinks.Compare("http://localhost:5000", "3", ["a", "b"]));
    }

    [Fact]
    public async Task Nothing_is_created_before_the_first_call()
    {
        await using var db = new SqliteFixture();

        Assert.False(File.Exists(db.Path));
    }
}
