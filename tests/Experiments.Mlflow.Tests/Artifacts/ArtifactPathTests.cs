using Experiments.Mlflow.Artifacts;

namespace Experiments.Mlflow.Tests.Artifacts;

public sealed class ArtifactPathTests
{
    [Theory]
    [InlineData("results.csv")]
    [InlineData("logs/stdout.log")]
    [InlineData("a b é 損失.txt")]
    [InlineData("a/..b/c..d")]
    public void A_plain_relative_path_is_taken(string path) => Assert.Null(ArtifactPath.FindFault(path));

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("../b")]
    [InlineData("a/./b")]
    [InlineData("a#b")]
    [InlineData("%2e%2e/b")]
    [InlineData("a?b")]
    [InlineData("a\\b")]
    [InlineData("C:/b")]
    [InlineData("a\nb")]
    public void A_path_that_servers_refuse_or_alter_is_refused(string path) => Assert.NotNull(ArtifactPath.FindFault(path));
}
