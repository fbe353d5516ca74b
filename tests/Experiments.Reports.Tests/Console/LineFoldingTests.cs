using System.Text.RegularExpressions;
using Experiments.Reports.Console;

namespace Experiments.Reports.Tests.Console;

public partial class LineFoldingTests
{
    private const string Trial =
        "[2/24] dataset=MELD-DA num_workers=16 pin_memory=false #1: 602 samples/s ± 0.4 %, wait 12 %, first batch 85 ms, peak 1.2 GiB, 30.0 s; 8 min 00 s left";

    [Fact]
    public void No_line_is_wider_than_the_window_and_no_word_is_lost_at_any_width()
    {
        for (var width = 40; width <= 160; width++)
        {
            var lines = LineFolding.Fold(Trial, width).ToList();

            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
            Assert.Equal(Trial, string.Join(' ', lines.Select(line => line.Trim())));
        }
    }

    [Fact]
    public void A_number_stays_with_its_unit_at_any_width()
    {
        for (var width = 10; width <= 160; width++)
            Assert.All(LineFolding.Fold(Trial, width).Skip(1), line => Assert.DoesNotMatch(UnitFirst(), line));
    }

    [Theory]
    [InlineData("  indented words here", 12, "  indented", "    words", "    here")]
    [InlineData("short", 80, "short")]
    [InlineData("数据数据 数据", 9, "数据数据", "  数据")]
    [InlineData("a /a/path/that/is/wider/than/the/window", 12, "a", "  /a/path/that/is/wider/than/the/window")]
    public void Further_lines_are_indented_and_a_wide_word_has_its_own(string text, int width, params string[] lines) =>
        Assert.Equal(lines, LineFolding.Fold(text, width));

    [GeneratedRegex(@"^ *(GiB|MiB|ms|s|%|min|samples/s|±)( |,|;|$)")]
    private static partial Regex UnitFirst();
}
