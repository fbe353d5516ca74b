using Experiments.Datasets.Synthetic;

namespace Experiments.Datasets.Tests.Synthetic;

public sealed class SampleDrawTests
{
    private static readonly SampleDraw[] Draws = SampleDraw.DrawAll(new SyntheticOptions { Profile = SyntheticProfiles.MeldDa, Samples = 4000 });

    [Theory]
    [InlineData(0.50, 2.46, 0.02)]
    [InlineData(0.95, 7.9, 0.05)]
    [InlineData(0.99, 11.8, 0.06)]
    public void Durations_have_the_quantiles_of_MELD(double quantile, double seconds, double tolerance)
    {
        var sorted = Draws.Select(draw => draw.DurationSeconds).Order().ToArray();
        Assert.InRange(sorted[(int)(quantile * sorted.Length)], seconds * (1 - tolerance), seconds * (1 + tolerance));
    }

    [Fact]
    public void Durations_have_the_mean_of_MELD() => Assert.InRange(Draws.Average(draw => draw.DurationSeconds), 3.14 * 0.98, 3.14 * 1.02);

    [Fact]
    public void Utterances_have_as_many_words_as_those_of_MELD() => Assert.InRange(Draws.Average(draw => draw.Words), 7.95 * 0.9, 7.95 * 1.2);

    [Fact]
    public void Classes_have_their_shares_in_every_split()
    {
        foreach (var split in Draws.GroupBy(draw => draw.Split))
            foreach (var (label, share) in SyntheticProfiles.MeldDa.Classes.Index())
                Assert.InRange(split.Count(draw => draw.Class == label), (split.Count() * share.Share) - 1.5, (split.Count() * share.Share) + 1.5);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(97)]
    [InlineData(256)]
    public void Every_class_is_there_however_few_samples_there_are(int samples)
    {
        var draws = SampleDraw.DrawAll(new SyntheticOptions { Profile = SyntheticProfiles.MeldDa, Samples = samples });
        Assert.Equal(samples, draws.Length);
        Assert.Equal(12, draws.Select(draw => draw.Class).Distinct().Count());
    }
}
