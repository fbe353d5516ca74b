// How large the pages of 200 nights of 24 configurations are, and how soon real Chromium paints them from file://. Each round is a window of its own. Needs git; without Chromium on the PATH
// only the sizes are measured. --keep leaves the pages where they are, to be looked at.
using Experiments.Bench;
using Experiments.Reports.Tests.Pages;
using Microsoft.Playwright;

const int Rounds = 9;
var report = new BenchReport("pages", Rounds);
var site = await SampleSite.MakeAsync(nights: 200);
using var folder = args.Contains("--keep") ? null : site;
var index = new FileInfo(site.Index.LocalPath).Length / 1e6;
var page = new FileInfo(site.Page.LocalPath).Length / 1e6;
var all = new DirectoryInfo(site.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;
report.Add(BenchRow.Of("first page", "MB", [index]));
report.Add(BenchRow.Of("page of an experiment, 200 nights of 24 configurations", "MB", [page]));
report.Add(BenchRow.Of("all pages, reports of 200 sweeps included", "MB", [all]));
report.AtMost("the experiment's page and the first page are under 3 MB", 3, index + page);

if (folder is null)
    report.Note($"the pages: {site.Index.LocalPath}");
var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
if (new[] { "chromium", "google-chrome" }.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists) is not { } program)
{
    report.Note("there is no Chromium on the PATH (apt-get install chromium): nothing was painted");
    report.AtMost("the experiment's page is painted first within 1 s", 1, null);
    return report.Write();
}

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] });
var (paints, ends) = (new List<double>(), new List<double>());
for (var round = 0; round < Rounds; round++)
{
    await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1200, Height = 900 } });
    var window = await context.NewPageAsync();
    await window.GotoAsync(site.Page.AbsoluteUri);
    await window.WaitForFunctionAsync("() => performance.getEntriesByName('first-contentful-paint').length > 0");
    paints.Add(await window.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000);
    ends.Add(await window.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd") / 1000);
}

var paint = BenchRow.Of("until the first paint", "s", paints);
report.Add(paint);
report.Add(BenchRow.Of("until charts and table stand", "s", ends));
report.AtMost("the experiment's page is painted first within 1 s", 1, paint.Value);
return report.Write();
