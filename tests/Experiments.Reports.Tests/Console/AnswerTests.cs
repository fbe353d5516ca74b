using System.Text.RegularExpressions;
using Experiments.Reports.Console;

namespace Experiments.Reports.Tests.Console;

/// <summary>What <c>tune</c> and <c>compare</c> print at their end, in windows and in a pipe.</summary>
public partial class AnswerTests
{
    public static TheoryData<string, int> Windows { get; } = new()
    {
        { "80", 80 }, { "140", 140 }, { "piped", int.MaxValue },
    };

    private static TuningText Tuning { get; } = new() { Report = SampleAnswers.Tuning, File = "project/run.py", Reason = "the dataset is an iterable one", Confirmation = SampleReport.Report };

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_tuning_is_shown_as_is_committed(string window, int width) => Matches($"tune-{window}.txt", Tuning.Lines(width), width);

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_comparison_is_shown_as_is_committed(string window, int width) => Matches($"compare-{window}.txt", ComparisonText.Lines(SampleAnswers.Comparison, width), width);

    [Fact]
    public void No_line_is_wider_than_the_window_and_no_number_is_parted_from_its_unit()
    {
        for (var width = 60; width <= 160; width++)
        {
            Assert.All(Tuning.Lines(width).Concat(ComparisonText.Lines(SampleAnswers.Comparison, width)), line =>
            {
                Assert.InRange(line.TrimEnd().Length, 0, width);
                Assert.DoesNotMatch(UnitFirst(), line);
            });
        }
    }

    private static void Matches(string name, IEnumerable<string> lines, int width)
    {
        var all = lines.Select(line => line.TrimEnd()).ToArray();
        GoldenFile.Matches(name, string.Join('\n', all) + "\n");
        Assert.All(all, line => Assert.InRange(line.Length, 0, width));
    }

    [GeneratedRegex(@"^ *(GiB|MiB|ms|s|%|±)( |,|;|\.|\)|$)")]
    private static partial Regex UnitFirst();
}
