using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Experiments.EndToEnd.Tests.Site;

/// <summary>The pages as a site: built as a reader builds it, and searched in a real browser.</summary>
public partial class SiteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // a page that never answers is a failure, not a hanging run

    [Fact]
    [Trait("Requires", "chromium")]
    public async Task The_site_is_built_without_a_warning_asks_for_nothing_elsewhere_and_is_searched_without_a_network()
    {
        Browser.Require();
        var (exitCode, output) = await BuildAsync();
        Assert.True(exitCode == 0, output);
        Assert.Contains(" 0 warning(s)", output, StringComparison.Ordinal);
        var site = RepositoryFolder.Combine("artifacts", "docs");
        Assert.All(Directory.GetFiles(site, "*.html"), page => Assert.DoesNotMatch(Elsewhere(), File.ReadAllText(page)));

        await using var server = await SiteServer.StartAsync(site, "prefetch_factor");
        using var browser = Browser.Open(server.Address + "/visitor");
        var answer = await server.Answer.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Contains(answer.Hits, hit => hit.StartsWith(server.Address + "/definition.html", StringComparison.Ordinal));
        Assert.NotEmpty(answer.Requests);
        Assert.All(answer.Requests, request => Assert.StartsWith(server.Address + "/", request, StringComparison.Ordinal));
    }

    private static async Task<(int ExitCode, string Output)> BuildAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["cake", "--target=Docs"])
        {
            WorkingDirectory = RepositoryFolder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await error;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    /// <summary>What a browser would load from elsewhere by itself: scripts, styles, pictures; links that a reader follows are none.</summary>
    [GeneratedRegex("""<(?:script|img|link|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?//""")]
    private static partial Regex Elsewhere();
}
