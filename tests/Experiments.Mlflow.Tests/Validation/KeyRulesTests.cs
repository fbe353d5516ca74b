using Experiments.Mlflow.Validation;

namespace Experiments.Mlflow.Tests.Validation;

public sealed class KeyRulesTests
{
    [Theory]
    [InlineData("loss")]
    [InlineData("train/loss")]
    [InlineData("a b")]
    [InlineData("a.b-c:d_e")]
    [InlineData("é")]
    [InlineData("損失")]
    [InlineData("a/.b")]
    public void A_key_that_servers_take_is_taken(string key) => Assert.Null(KeyRules.FindFault(key));

    [Theory]
    [InlineData("")]
    [InlineData("a#b")]
    [InlineData("a,b")]
    [InlineData("a=b")]
    [InlineData("a(b)")]
    [InlineData("a%b")]
    [InlineData("a@b")]
    [InlineData("a\\b")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("./a")]
    [InlineData("../a")]
    [InlineData("a/../b")]
    [InlineData("..a")]
    [InlineData(".")]
    [InlineData("😀")]
    [InlineData("a\nb")]
    public void A_key_that_servers_refuse_is_refused(string key) => Assert.NotNull(KeyRules.FindFault(key));

    [Fact]
    public void A_key_has_at_most_250_characters()
    {
        Assert.Null(KeyRules.FindFault(new string('a', 250)));
        Assert.NotNull(KeyRules.FindFault(new string('a', 251)));
    }
}
