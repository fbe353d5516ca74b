using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Analysis.History;
using Experiments.Analysis.Tests;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using Experiments.Reports.Pages;
using Microsoft.Playwright;

namespace Experiments.Reports.Tests.Pages;

/// <summary>An experiment's page, driven as a person drives it.</summary>
[Trait("Needs", "chromium")]
public sealed class ExperimentPageTests(BrowserSession browser) : IClassFixture<BrowserSession>
{
    private const string Slow = "dataset=MELD-DA num_workers=4 pin_memory=true";

    private int Last => browser.Site.Nights - 1;

    [Fact]
    public async Task What_got_slower_for_good_is_said_with_its_commit_and_that_it_is_known()
    {
        var page = await browser.OpenAsync(site => site.Page);

        var moves = page.Locator("#moves li");
        await Assertions.Expect(moves).ToHaveCountAsync(1);
        await Assertions.Expect(moves).ToContainTextAsync(Day(browser.Site.ChangeNight));
        await Assertions.Expect(moves).ToContainTextAsync(new Regex(@"throughput −1[67] % at dataset=MELD-DA num_workers=4 pin_memory=(true|false) and 1 more"));
        await Assertions.Expect(moves).ToContainTextAsync("known until 2999-12-31: checksums are wanted");
        await Assertions.Expect(moves).ToContainTextAsync($"1 commit since {browser.Site.CommitOf(browser.Site.ChangeNight - 1)[..10]}:{browser.Site.CommitOf(browser.Site.ChangeNight)[..10]} Checksum every batch");
        await Assertions.Expect(page.Locator("#suppressions li")).ToContainTextAsync(new Regex("checksums are wanted .*until 2999-12-31"));
        await Assertions.Expect(page.Locator("#throughput .mark")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#throughput .mark")).ToHaveAttributeAsync("title", new Regex(@"−1[67]\.?\d* % dataset=MELD-DA num_workers=4 pin_memory=false \(known: checksums are wanted"));
        await Assertions.Expect(page.Locator("#nights tbody tr")).ToHaveCountAsync(browser.Site.Nights);
    }

    [Fact]
    public async Task The_words_of_the_filter_narrow_charts_and_table()
    {
        var page = await browser.OpenAsync(site => site.Page);
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("24 of 24");

        await page.FillAsync("#filter", "meld WORKERS=4 pin");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("2 of 24");
        await Assertions.Expect(page.Locator("#configurations tbody tr:visible")).ToHaveTextAsync([new Regex("MELD-DA num_workers=4 pin_memory=false"), new Regex("MELD-DA num_workers=4 pin_memory=true")]);

        await page.FillAsync("#filter", "pin=true workers=1");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("2 of 24");
        await page.FillAsync("#filter", "workers=0");
        await Assertions.Expect(page.Locator("#throughput .mark")).ToHaveCountAsync(0);

        await page.FillAsync("#filter", "no such thing");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("0 of 24");
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task Dragging_zooms_both_charts_and_a_double_click_shows_all_again()
    {
        var page = await browser.OpenAsync(site => site.Page);
        var box = (await page.Locator("#throughput .u-over").BoundingBoxAsync())!;
        var before = await page.Locator("#memory canvas").EvaluateAsync<string>("canvas => canvas.toDataURL()");

        await page.Mouse.MoveAsync(box.X + box.Width * 0.25f, box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.5f, box.Y + 80, new MouseMoveOptions { Steps = 5 });
        await page.Mouse.UpAsync();

        await Assertions.Expect(page.Locator("#range")).ToContainTextAsync(new Regex(@", (49|50|51) of 200 nights"));
        Assert.NotEqual(before, await page.Locator("#memory canvas").EvaluateAsync<string>("canvas => canvas.toDataURL()"));
        await page.Mouse.DblClickAsync(box.X + box.Width * 0.5f, box.Y + 60);
        await Assertions.Expect(page.Locator("#range")).ToContainTextAsync("200 of 200 nights");
        await page.ClickAsync("text=30 nights");
        await Assertions.Expect(page.Locator("#range")).ToHaveTextAsync($"{Day(Last - 29)} to {Day(Last)}, 30 of 200 nights");
    }

    [Fact]
    public async Task Hovering_shows_the_exact_values_of_results_json()
    {
        var page = await browser.OpenAsync(site => site.Page);
        await page.FillAsync("#filter", Slow);
        var box = (await page.Locator("#throughput .u-over").BoundingBoxAsync())!;

        foreach (var share in new[] { 0.1f, 0.4f, 0.9f })
        {
            await page.Mouse.MoveAsync(box.X + box.Width * share, box.Y + box.Height / 2);
            await Assertions.Expect(page.Locator("#throughput .tip")).ToContainTextAsync(Slow);
            var night = await NightAsync(page);

            var one = Verdict(night, Slow);
            Assert.Equal(one.GetProperty("samplesPerSecond").GetRawText(), await page.InnerTextAsync("#throughput .tip strong"));
            Assert.Equal(one.GetProperty("peakMegabytes").GetRawText(), await page.InnerTextAsync("#memory .tip strong"));
            await Assertions.Expect(page.Locator("#night")).ToContainTextAsync(browser.Site.CommitOf(night)[..10]);
            await Assertions.Expect(page.Locator("#night a")).ToHaveAttributeAsync("href", SampleSite.SweepId(night) + ".html");
        }
    }

    [Fact]
    public async Task The_keys_move_over_nights_and_configurations_zoom_and_open_the_nights_report()
    {
        var page = await browser.OpenAsync(site => site.Page);
        var charts = page.Locator("#charts");
        await charts.FocusAsync();
        Assert.Equal(Last, await NightAsync(page));

        await charts.PressAsync("ArrowLeft");
        await charts.PressAsync("ArrowLeft");
        Assert.Equal(Last - 2, await NightAsync(page));
        await Assertions.Expect(charts).ToHaveAttributeAsync("aria-valuetext", new Regex($"^{Day(Last - 2)}.* samples/s, .* [MG]iB$"));
        await Assertions.Expect(page.Locator("#throughput .tip")).ToContainTextAsync(Day(Last - 2));
        await charts.PressAsync("Home");
        Assert.Equal(0, await NightAsync(page));
        await charts.PressAsync("ArrowRight");
        Assert.Equal(1, await NightAsync(page));

        var chosen = await page.InnerTextAsync("tr.chosen .name");
        await charts.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("tr.chosen .name")).Not.ToHaveTextAsync(chosen);
        await charts.PressAsync("ArrowUp");
        await Assertions.Expect(page.Locator("tr.chosen .name")).ToHaveTextAsync(chosen);

        await charts.PressAsync("+");
        await Assertions.Expect(page.Locator("#range")).Not.ToContainTextAsync("200 of 200");
        await charts.PressAsync("End");
        await Assertions.Expect(page.Locator("#range")).ToContainTextAsync($"to {Day(Last)}, ");
        await charts.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#range")).ToContainTextAsync("200 of 200");

        await charts.PressAsync("Enter");
        await page.WaitForURLAsync($"**/{SampleSite.SweepId(Last)}.html");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("meld-da: ");
    }

    [Fact]
    public async Task A_click_on_a_change_leads_to_its_night()
    {
        var page = await browser.OpenAsync(site => site.Page);
        await page.FillAsync("#filter", "workers=0");

        await page.ClickAsync("#moves button");

        Assert.Equal(browser.Site.ChangeNight, await NightAsync(page));
        await Assertions.Expect(page.Locator("#filter")).ToHaveValueAsync("");
        await Assertions.Expect(page.Locator("tr.chosen .name")).ToContainTextAsync("MELD-DA num_workers=4");
        await Assertions.Expect(page.Locator("#night")).ToContainTextAsync("Checksum every batch");
    }

    [Fact]
    public async Task The_page_is_dark_where_the_reader_wants_it_and_turns_while_it_is_open()
    {
        var page = await browser.OpenAsync(site => site.Page, scheme: ColorScheme.Dark);
        Assert.Equal("rgb(13, 17, 23)", await Paper());
        var dark = await Canvas();

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });

        Assert.Equal("rgb(255, 255, 255)", await Paper());
        await page.WaitForFunctionAsync("dark => document.querySelector('#throughput canvas').toDataURL() !== dark", dark);
        Assert.Empty(browser.Complaints);

        Task<string> Paper() => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Task<string> Canvas() => page.EvaluateAsync<string>("document.querySelector('#throughput canvas').toDataURL()");
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("meld-da/index.html")]
    [InlineData("meld-da/SWEEP.html")]
    public async Task No_page_scrolls_sideways_on_a_phone(string name)
    {
        var page = await browser.OpenAsync(site => new Uri(Path.Combine(site.Folder, name.Replace("SWEEP", SampleSite.SweepId(Last), StringComparison.Ordinal))), width: 390, height: 844);

        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        if (name == "meld-da/index.html")
            Assert.InRange((await page.Locator("#throughput canvas").BoundingBoxAsync())!.Width, 300, 390);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("meld-da/index.html")]
    public async Task No_name_runs_as_script_and_no_request_leaves_the_page(string name)
    {
        var page = await browser.OpenAsync(site => new Uri(Path.Combine(site.Folder, name)));
        if (name != "index.html")
        {
            await page.Locator("#charts").FocusAsync();
            await page.Locator("#charts").PressAsync("Home");
            await page.FillAsync("#filter", "onerror");
            await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("12 of 24");
        }

        Assert.Contains(SampleSite.Hostile, await page.InnerTextAsync("body"), StringComparison.Ordinal);
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.hacked"));
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.All(browser.Requests, address => Assert.StartsWith(new Uri(browser.Site.Folder + "/").AbsoluteUri, address, StringComparison.Ordinal));
        Assert.Single(browser.Requests);
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task The_pages_policy_refuses_a_script_that_got_in_all_the_same()
    {
        var page = await browser.OpenAsync(site => site.Page);

        await page.EvaluateAsync("document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.hacked=1\">')");
        await page.WaitForTimeoutAsync(100);

        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.hacked"));
        Assert.Contains(browser.Complaints, text => text.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_page_leads_to_each_experiment_and_says_how_it_stands()
    {
        var page = await browser.OpenAsync(site => site.Index);

        await Assertions.Expect(page.Locator("h1 + p")).ToHaveTextAsync("2 experiments: 1 pass, 1 not run yet");
        await Assertions.Expect(page.Locator(".cards > li")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".cards > li").First).ToContainTextAsync($"last night {Day(Last)} 02:00 · 200 nights");
        await Assertions.Expect(page.Locator(".cards > li").First.Locator(".lines .spark")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".cards > li").Last).ToContainTextAsync("no finished sweep yet");
        await page.ClickAsync("text=meld-da");
        await page.WaitForURLAsync("**/meld-da/index.html");
        await page.ClickAsync("text=All experiments");
        await page.WaitForURLAsync("**/site/index.html");
    }

    [Fact]
    public async Task Each_machine_has_lines_of_its_own_one_of_a_single_night_too()
    {
        var page = await browser.OpenAsync(site =>
        {
            var file = Path.Combine(site.Folder, "two-machines.html");
            File.WriteAllText(file, ExperimentPage.Render(TwoMachines()));
            return new Uri(file);
        });
        await Assertions.Expect(page.Locator("#moves li")).ToContainTextAsync("drifted by −12 % over all nights");
        await Assertions.Expect(page.Locator("#suppressions li")).ToContainTextAsync("drift: old disks; ended on 2026-01-31");
        await Assertions.Expect(page.Locator("#night")).ToContainTextAsync("0123456789 (with local changes)");
        await Assertions.Expect(page.Locator("#configurations tbody tr").Last).ToContainTextAsync("–");

        await page.SelectOptionAsync("#machine", "1");

        await Assertions.Expect(page.Locator("#range")).ToHaveTextAsync("1970-01-01 to 1970-01-01, 1 of 1 nights");
        await Assertions.Expect(page.Locator("#moves li")).ToHaveTextAsync("At least 10 nights are needed to tell; there are 1.");
        await page.Locator("#charts").FocusAsync();
        await page.Locator("#charts").PressAsync("+");
        await Assertions.Expect(page.Locator("#throughput .tip strong")).ToHaveTextAsync("100.5");
        Assert.Empty(browser.Complaints);
    }

    private static ExperimentNights TwoMachines()
    {
        return new ExperimentNights
        {
            Name = "two", DefinitionFile = "two.yaml", Today = new DateOnly(2026, 11, 29), Machines = [Of("first", 12), Of("second", 1)],
            Suppressions = [new Suppression { Change = Suppression.Drift, Reason = "old disks", Until = new DateOnly(2026, 1, 31) }],
        };

        static MachineNights Of(string id, int nights) => new()
        {
            Id = id, Description = id,
            Nights = [.. Enumerable.Range(0, nights).Select(night => new Night { SweepId = $"s{night}", At = DateTimeOffset.UnixEpoch.AddDays(night), Commit = "0123456789abcdef", Dirty = true })],
            Configurations = [.. new[] { 0, 2 }.Select(workers => new ConfigurationNights
            {
                Configuration = SampleSweep.Of("MELD-DA", workers, pin: false),
                Throughput = [.. Enumerable.Range(0, nights).Select(night => workers == 2 || night == 5 ? null : new MeasuredRange(100.5 - night, 99 - night, 101 - night))],
                PeakMegabytes = new MeasuredRange?[nights],
                Verdicts = new VerdictKind?[nights],
                Drift = workers == 0 && nights > 10 ? new Drift(-12.3, 1e-6) : null,
            })],
        };
    }

    private static string Day(int night) => DateTime.ParseExact(SampleSite.SweepId(night)[..8], "yyyyMMdd", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<int> NightAsync(IPage page) =>
        int.Parse((await page.Locator("#charts").GetAttributeAsync("aria-valuenow"))!, CultureInfo.InvariantCulture);

    private JsonElement Verdict(int night, string name)
    {
        var report = JsonDocument.Parse(File.ReadAllText(browser.Site.Results(night)));
        return report.RootElement.GetProperty("assessment").GetProperty("configurations").EnumerateArray()
            .Single(one => string.Join(' ', one.GetProperty("configuration").GetProperty("values").EnumerateObject().Select(value => $"{value.Name}={value.Value}")).Replace("=True", "=true", StringComparison.Ordinal) == name);
    }
}
