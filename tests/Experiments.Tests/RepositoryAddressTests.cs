using Experiments.Recording;

namespace Experiments.Tests;

/// <summary>MLflow's pages show a repository's address to everybody.</summary>
public class RepositoryAddressTests
{
    [Theory]
    [InlineData("https://ci:ghp_secret@github.com/team/training.git", "https://github.com/team/training.git")]
    [InlineData("https://ghp_secret@github.com/team/training.git", "https://github.com/team/training.git")]
    [InlineData("https://oauth2:a@b:secret@gitlab.example:8443/team/x", "https://gitlab.example:8443/team/x")]
    [InlineData("http://user:secret@host", "http://host")]
    public void A_token_in_a_repositorys_address_is_not_recorded(string address, string recorded) => Assert.Equal(recorded, Tracking.WithoutCredentials(address));

    [Theory]
    [InlineData("https://github.com/team/training.git")]
    [InlineData("https://github.com/team/@scope/training")]
    [InlineData("git@github.com:team/training.git")]
    [InlineData("ssh://git@github.com/team/training.git")]
    [InlineData("/srv/git/training@2.git")]
    public void An_address_without_a_token_is_recorded_as_it_is(string address) => Assert.Equal(address, Tracking.WithoutCredentials(address));
}
