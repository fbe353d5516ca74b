namespace Experiments.EndToEnd.Tests.Architecture;

/// <summary>What the README shows is what the repository holds.</summary>
public class ReadmeTests
{
    [Fact]
    public void The_definition_that_it_shows_is_the_one_that_the_shown_command_names() =>
        Assert.Contains(
            "```yaml\n" + File.ReadAllText(RepositoryFolder.Combine("experiments", "pytorch", "blow-up.yaml")).ReplaceLineEndings("\n") + "```\n",
            File.ReadAllText(RepositoryFolder.Combine("README.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
}
