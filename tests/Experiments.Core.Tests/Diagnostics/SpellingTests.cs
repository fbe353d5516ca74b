using Experiments.Core.Diagnostics;

namespace Experiments.Core.Tests.Diagnostics;

public class SpellingTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("steps", "", 5)]
    [InlineData("num_wrokers", "num_workers", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void A_swap_of_neighbours_counts_as_one_mistake(string left, string right, int expected) =>
        Assert.Equal((expected, expected), (Spelling.Distance(left, right), Spelling.Distance(right, left)));

    [Theory]
    [InlineData("bacth_size", "batch_size")]
    [InlineData("Steps", "steps")]
    [InlineData("seed", "seed")]
    [InlineData("colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Only_a_near_word_is_suggested(string word, string? expected) =>
        Assert.Equal(expected, Spelling.Nearest(word, ["steps", "batch_size", "seed", "warmup_steps"]));

    [Fact]
    public void A_long_list_is_cut() =>
        Assert.EndsWith("18, 19 and 80 more", Spelling.Suggestion("none", "values", [.. Enumerable.Range(0, 100).Select(value => $"{value}")]));
}
