using Experiments.Reports.Console;

namespace Experiments.Reports.Tests.Console;

public class TextTableTests
{
    private static readonly TextTable Table = new()
    {
        Columns =
        [
            new("dataset") { IsLeft = true, IsSetting = true }, new("num_workers") { IsLeft = true, IsSetting = true }, new("samples/s"),
            new("wait") { LeftOut = 2 }, new("first batch") { LeftOut = 1 }, new("verdict") { IsLeft = true },
        ],
        Rows = [["MELD-DA", "0", "202 ± 0.4 %", "12 %", "85 ms", "✓ pass"], ["MELD-DA", "16", "605 ± 0.4 %", "3 %", "90 ms", "✗ blown up"]],
    };

    [Fact]
    public void A_wide_window_shows_every_column() =>
        Assert.Equal(
            """
              dataset   num_workers     samples/s   wait   first batch   verdict
            ───────────────────────────────────────────────────────────────────────
              MELD-DA   0             202 ± 0.4 %   12 %         85 ms   ✓ pass
              MELD-DA   16            605 ± 0.4 %    3 %         90 ms   ✗ blown up
            """, Shown(100));

    [Fact]
    public void Columns_of_one_value_go_first_then_what_matters_least() =>
        Assert.Equal(
            """
            The same for all: dataset=MELD-DA
            Left out of this narrow window: first batch
              num_workers     samples/s   wait   verdict
            ───────────────────────────────────────────────
              0             202 ± 0.4 %   12 %   ✓ pass
              16            605 ± 0.4 %    3 %   ✗ blown up
            """, Shown(50));

    [Fact]
    public void What_is_too_narrow_for_any_table_has_a_few_lines_for_each_row() =>
        Assert.Equal(
            """
            The same for all: dataset=MELD-DA
            num_workers=0
              samples/s 202 ± 0.4 %,
                wait 12 %, first batch 85 ms
              ✓ pass
            num_workers=16
              samples/s 605 ± 0.4 %, wait 3 %,
                first batch 90 ms
              ✗ blown up
            """, Shown(34));

    [Fact]
    public void No_line_is_wider_than_the_window()
    {
        for (var width = 34; width <= 120; width++)
            Assert.All(Table.Lines(width), line => Assert.InRange(line.ToString().Length, 0, width));
    }

    [Fact]
    public void A_single_row_keeps_all_that_has_room() =>
        Assert.Contains("dataset", (Table with { Rows = [Table.Rows[0]] }).Lines(72)[0].ToString(), StringComparison.Ordinal);

    private static string Shown(int width) => string.Join('\n', Table.Lines(width).Select(line => line.ToString().TrimEnd()));
}
