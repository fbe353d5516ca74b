using Microsoft.Playwright;

namespace Experiments.Reports.Tests.Pages;

/// <summary>Real Chromium and the pages of 200 nights, made once for a class.</summary>
public sealed class BrowserSession : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal SampleSite Site { get; private set; } = null!;

    /// <summary>What the open page asked for, and what it complained of.</summary>
    internal List<string> Requests { get; } = [];

    internal List<string> Complaints { get; } = [];

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        Site = await SampleSite.MakeAsync(nights: 200);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        Site?.Dispose();
    }

    /// <summary>Opens a page in a window of its own; the test skips where there is no Chromium.</summary>
    internal async Task<IPage> OpenAsync(Func<SampleSite, Uri> address, int width = 1200, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        Requirement.Met("chromium", _browser is not null, "there is no Chromium on the PATH: apt-get install chromium");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        Requests.Clear();
        Complaints.Clear();
        page.Request += (_, request) => Requests.Add(request.Url);
        page.PageError += (_, problem) => Complaints.Add(problem);
        page.Console += (_, message) => Complaints.Add(message.Text);
        await page.GotoAsync(address(Site).AbsoluteUri);
        return page;
    }
}
