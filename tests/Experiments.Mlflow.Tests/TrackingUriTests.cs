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

    [Theory]
    [InlineData("postgresql://user:secret@host/db", "postgresql://host/db")]
    [InlineData("postgresql://user:se/cret@host/db", "postgresql://host/db")]
    [InlineData("postgresql+psycopg2://user:se?cr#e@t@host:5432/db", "postgresql+psycopg2://host:5432/db")]
    [InlineData("mysql://host/db?user=me&password=secret", "mysql://host/db")]
    [InlineData("user:secret@host/db", "host/db")]
    [InlineData("databricks://secret@workspace", "databricks://workspace")]
    [InlineData("databricks", "databricks")]
    [InlineData("file:./mlruns", "file:./mlruns")]
    [InlineData("http://user:secret@host:5000/a@b", "http://host:5000/a@b")]
    [InlineData("https://user:secret@host/?token=secret", "https://host/")]
    [InlineData("http://host:5000/a@b", "http://host:5000/a@b")]
    [InlineData("sqlite:////home/me@work/mlflow.db", "sqlite:////home/me@work/mlflow.db")]
    public void What_is_shown_of_a_tracking_uri_holds_no_secret(string uri, string shown) => Assert.Equal(shown, MlflowStore.WithoutCredentials(uri));

    [Theory]
    [InlineData("postgresql://user:secret@host/db")]
    [InlineData("http://user:sec/ret@host/db")]
    [InlineData("http://user:secret@")]
    [InlineData("https:///user:secret@host")]
    public void A_refusal_does_not_show_the_password(string uri)
    {
        var refusal = Assert.Throws<ArgumentException>(() => MlflowStore.Open(uri)).ToString();

        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("sec/ret", refusal, StringComparison.Ordinal);
    }

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
