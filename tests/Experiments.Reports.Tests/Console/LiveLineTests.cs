using Experiments.Reports.Console;

namespace Experiments.Reports.Tests.Console;

public class LiveLineTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(10)]
    public void Whatever_is_shown_fits_one_line_of_the_window_and_nothing_of_it_stays(int width)
    {
        var screen = new Screen(width);
        var line = new LiveLine(screen, () => width);

        line.Show(0.4, "3/24, 2 min left dataset=数据 num_workers=16 pin_memory=false (suspected of a regression, measured afresh) #1");
        line.Show(0.5, "4/24");
        Assert.Equal(1, screen.Rows);
        line.Show(0.5, "4/24 dataset=数据 num_workers=16 pin_memory=false (suspected of a regression, measured afresh) and more #2");
        line.Clear();
        screen.Write("done");

        Assert.Equal((1, "done"), (screen.Rows, screen.Line));
    }

    [Fact]
    public void The_window_may_become_narrower()
    {
        var width = 80;
        var screen = new Screen(40);
        var line = new LiveLine(screen, () => width);
        width = 40;

        line.Show(1, new string('x', 100));

        Assert.Equal(1, screen.Rows);
    }

    /// <summary>A terminal as far as the line needs one: carriage return, erase, and a next row when a row is full.</summary>
    private sealed class Screen(int width) : StringWriter
    {
        private string line = "";

        public int Rows { get; private set; } = 1;

        public string Line => line;

        public override void Write(string? value)
        {
            for (var text = value ?? ""; text.Length > 0;)
            {
                if (text[0] == '\r')
                    text = text[1..];
                else if (text.StartsWith("\u001b[2K", StringComparison.Ordinal))
                    (text, line) = (text[4..], "");
                else
                {
                    (line, text) = (line + text[0], text[1..]);
                    if (new Spectre.Console.Rendering.Segment(line).CellCount() >= width)
                        Rows++;
                }
            }
        }
    }
}
