using Experiments.Analysis.Tests;
using Experiments.Core.Results;
using Experiments.Reports.Pages;

namespace Experiments.Reports.Tests.Pages;

public class HistoryPagesTests
{
    [LinuxFact]
    public async Task Two_hundred_nights_of_24_configurations_are_under_3_MB_together_with_the_first_page()
    {
        using var site = await SampleSite.MakeAsync(nights: 200, TestContext.Current.CancellationToken);

        var bytes = new FileInfo(site.Index.LocalPath).Length + new FileInfo(site.Page.LocalPath).Length;

        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes");
        Assert.InRange(bytes, 200_000, 3_000_000);
        Assert.Equal(200, Directory.GetFiles(Path.GetDirectoryName(site.Page.LocalPath)!, "2026*.html").Length);
    }

    [Fact]
    public void A_page_carries_the_licence_of_the_library_in_it()
    {
        var page = ExperimentPage.Render(Nights(Night("a")));

        Assert.Contains("Copyright (c) 2022 Leon Sorokin", page, StringComparison.Ordinal);
        Assert.Contains("The above copyright notice and this permission notice shall be included", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_others_wrote_is_escaped()
    {
        const string evil = SampleSite.Hostile + "\u202e";
        var nights = Nights(Night(evil) with { Commit = evil, Page = evil, Advice = [new NightAdvice(evil, null)] }, evil);

        foreach (var page in new[] { ExperimentPage.Render(nights), IndexPage.Render([ExperimentOverview.Of(nights)]) })
        {
            Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
            Assert.Contains("\\u202e", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("meld-da_v1.2", "meld-da_v1.2")]
    [InlineData("../../etc", "_.._etc-74ccf3c5")]
    [InlineData("", "-e3b0c442")]
    public void A_name_becomes_that_of_one_file(string name, string file)
    {
        var actual = PagePaths.FileName(name);

        Assert.Equal(file, actual);
        Assert.NotEqual(PagePaths.FileName(name + "/"), PagePaths.FileName(name + "?"));
    }

    [Fact]
    public void A_sparkline_has_gaps_where_nothing_was_measured_and_noise_does_not_fill_its_height()
    {
        var svg = Sparkline.Render([100, 101, null, 100, null, 99, 100], "x");

        Assert.Contains("d=\"M3 ", svg, StringComparison.Ordinal);
        Assert.Equal(3, svg.Count(letter => letter == 'M'));
        Assert.DoesNotContain(" 3L", svg, StringComparison.Ordinal); // the top edge
        Assert.Equal("", Sparkline.Render([null, null], "x"));
    }

    [Fact]
    public void An_experiment_without_advice_shows_its_fastest_configuration()
    {
        var overview = ExperimentOverview.Of(Nights(Night("a")));

        Assert.Equal("fastest: dataset=MELD-DA num_workers=2 pin_memory=false", Assert.Single(overview.Lines).Text);
    }

    private static Night Night(string id) => new() { SweepId = id, At = DateTimeOffset.UnixEpoch, Verdict = VerdictKind.Pass };

    private static ExperimentNights Nights(Night night, string words = "plain") => new()
    {
        Name = words,
        DefinitionFile = words,
        Today = new DateOnly(2026, 11, 29),
        Suppressions = [new Core.Definitions.Suppression { Change = words, Reason = words, Until = new DateOnly(2026, 12, 1) }],
        Commits = [new CommitLine(words, words)],
        Ranges = [new CommitRange(words, words, [new CommitLine(words, words)], 1)],
        Machines =
        [
            new MachineNights
            {
                Id = words, Description = words, Baseline = words, Nights = [night],
                Configurations = [.. new[] { 0, 2 }.Select(workers => new ConfigurationNights
                {
                    Configuration = SampleSweep.Of(words == "plain" ? "MELD-DA" : words, workers, pin: false),
                    Throughput = [new MeasuredRange(100 + workers, 99, 103)], PeakMegabytes = [null], Verdicts = [VerdictKind.Pass],
                })],
            },
        ],
    };
}
