using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Reports.Console;
using Experiments.Reports.Files;
using Experiments.Reports.Html;
using Experiments.Reports.Tracking;
using Spectre.Console.Testing;

namespace Experiments.Reports.Tests.Files;

/// <summary>Names, values and messages that others wrote: shown as they are, obeyed by nobody.</summary>
public partial class HostileTextTests
{
    private const string Evil = "a\u001b[31m\u202eb\u0007\u200e|<i>`*c\u2028d\ud800";

    private static readonly string[] Values =
        ["=1+1", "+SUM(A1)", "-1", "-2+3", "@x", "'quoted", "＝1", "\ttab", "a\nb", "back\\slash", "=back\\slash\u001b", "plain, text \"quoted\"", "4", "-0.5", Evil, "\U000e0041", "naïve 😀", ""];

    public static TheoryData<string> Texts => [.. Values];

    [Theory]
    [InlineData("plain \"text\", naïve 日本 👨\u200d👩", "plain \"text\", naïve 日本 👨\u200d👩")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("x\u202egnp.exe", "x\\u202egnp.exe")]
    [InlineData("\r\n\t\0\u007f\u009b", "\\u000d\\u000a\\u0009\\u0000\\u007f\\u009b")]
    [InlineData("\u2066\u2069\u061c\u200f\ufeff\u2029", "\\u2066\\u2069\\u061c\\u200f\\ufeff\\u2029")]
    [InlineData("\U000e0041", "\\udb40\\udc41")]
    public void What_a_terminal_obeys_or_an_eye_misses_is_written_out(string text, string visible) => Assert.Equal(visible, VisibleText.Of(text));

    [Fact]
    public void Halves_of_a_character_are_written_out() => Assert.Equal("a\\ud800b\\udc00", VisibleText.Of("a\ud800b\udc00"));

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_cell_is_no_formula_obeyed_by_nothing_and_reads_back_the_same(string text)
    {
        var cell = CsvText.Of(text);

        Assert.False(cell.Length > 0 && "=+-@＝＋－＠\t\r".Contains(cell[0], StringComparison.Ordinal) && !double.TryParse(cell, CultureInfo.InvariantCulture, out _), cell);
        Assert.Equal(cell, VisibleText.Of(cell));
        Assert.Equal(text, Read(cell));
    }

    [Fact]
    public void Nothing_that_a_sweep_writes_or_shows_holds_what_a_terminal_obeys()
    {
        var report = Hostile();
        var console = new TestConsole().Width(400);
        ConsoleOf(console, report);
        var trial = report.Sweep.Trials[0];

        string[] shown =
        [
            console.Output, ResultsCsv.Render(report), SummaryMarkdown.Render(report), JunitXml.Render(report), HtmlReport.Render(report),
            RunNotes.Trial(trial), RunNotes.Experiment(SampleReport.Start("x") with { Plan = SampleReport.Start("x").Plan with { Configurations = report.Sweep.Configurations } }, report),
            RunNames.Of(trial.Configuration, 1), TrialLine.Of(trial), trial.Configuration.Name, .. trial.Diagnostics.Select(one => one.ToString()),
        ];

        Assert.All(shown.SkipLast(1 + trial.Diagnostics.Count), text => Assert.Contains("u202e", text, StringComparison.Ordinal));
        Assert.All(shown, text => Assert.Equal(text, string.Join('\n', text.Split('\n').Select(VisibleText.Of))));
        Assert.DoesNotContain("<i>", SummaryMarkdown.Render(report) + HtmlReport.Render(report) + RunNotes.Experiment(SampleReport.Start("x"), report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parser_reads_the_values_of_the_axes_back()
    {
        var report = Hostile();
        using var csv = CsvReader.Create(new MemoryStream(Encoding.UTF8.GetBytes(ResultsCsv.Render(report))), new CsvReaderOptions());
        var values = new List<string>();
        while (csv.Read())
            values.Add(Read(csv.GetString(CsvText.Of(Evil))!));

        Assert.Equal(report.Sweep.Trials.Select(trial => trial.Configuration.Values[Evil].Text), values);
    }

    private static void ConsoleOf(TestConsole console, SweepReport report)
    {
        var reporter = new ConsoleReporter(console);
        reporter.SweepFinishedAsync(report, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
    }

    private static SweepReport Hostile()
    {
        var configurations = Values.Select(value => Configuration.Create(new Dictionary<string, AxisValue> { [Evil] = AxisValue.Of(value) })).ToList();
        var sample = SampleReport.Report;
        var trial = sample.Sweep.Trials[0];
        var verdict = sample.Assessment.Configurations[0];
        return sample with
        {
            Sweep = sample.Sweep with
            {
                Configurations = configurations,
                Trials = [.. configurations.Select(one => trial with { Configuration = one, Diagnostics = [TrialDiagnostics.ExitCode.Error($"it last said: {Evil}", new SourcePosition($"{Evil}.yaml", 1, 1))] })],
            },
            Assessment = sample.Assessment with
            {
                Configurations = [.. configurations.Select(one => verdict with { Configuration = one, Diagnostics = [TrialDiagnostics.ExitCode.Error($"it last said: {Evil}")] })],
                Advice = [.. sample.Assessment.Advice.Select(advice => advice with { Dataset = Evil, Configuration = configurations[^1], Reasons = [Evil] })],
            },
        };
    }

    private static string Read(string cell) => cell.StartsWith('\'')
        ? Escape().Replace(cell[1..], match => match.Value == "\\\\" ? "\\" : ((char)int.Parse(match.Value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString())
        : cell;

    [GeneratedRegex(@"\\\\|\\u[0-9a-f]{4}")]
    private static partial Regex Escape();
}
