using Experiments.Datasets.Text;

namespace Experiments.Datasets.Tests.Text;

public sealed class NGramFeaturesTests
{
    [Fact]
    public void Utterances_become_words_and_marks() =>
        Assert.Equal(["what's", "up", "?", "!", "i", "…", "y'know", "no", "-", "no"], TextTokens.Of("What’s up?! I... y'know No-no"));

    [Theory]
    [InlineData("you")]
    [InlineData("?")]
    [InlineData("supercalifragilistic")]
    public void A_token_has_length_1(string token) => Assert.Equal(1, Dot(Features(token), Features(token)), 5);

    [Fact]
    public void Words_that_look_alike_are_near_and_others_far()
    {
        Assert.InRange(Dot(Features("agree"), Features("agreed")), 0.5, 0.95);
        Assert.InRange(Dot(Features("agree"), Features("window")), -0.25, 0.25);
    }

    [Fact]
    public void What_was_in_the_memory_before_does_not_matter()
    {
        var features = new float[768];
        Array.Fill(features, 9);
        NGramFeatures.Fill("yes", features);
        Assert.Equal(Features("yes"), features);
    }

    private static float[] Features(string token)
    {
        var features = new float[768];
        NGramFeatures.Fill(token, features);
        return features;
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
}
