using System.Globalization;
using System.Text;
using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;
using Microsoft.AspNetCore.Http;

namespace Experiments.EndToEnd.Tests.Commenting;

/// <summary>One comment an experiment on a pull request, edited and never doubled, on doubles of both services.</summary>
public sealed class CommentTests(JudgedSweep sweeps) : IClassFixture<JudgedSweep>, IAsyncLifetime
{
    private const string Marker = "<!-- experiments:red -->";
    private CodeHostDouble _host = null!;

    public async ValueTask InitializeAsync() => _host = await CodeHostDouble.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("github", "ghs_bot")]
    [InlineData("github", "ghp_ann")]
    [InlineData("gitlab", "glpat_bot")]
    public async Task The_comment_is_posted_then_found_behind_many_others_and_edited(string service, string token)
    {
        _host.Chatter(130);
        await DoneAsync("red: ", Variables(service, token), "posted: ");
        var posted = Assert.Single(Ours(Marker));
        Assert.Contains("### What changed", posted.Body, StringComparison.Ordinal);
        Assert.Contains("experiments run red.yaml --filter num_workers=0,2", posted.Body, StringComparison.Ordinal);

        _host.Chatter(130);
        await DoneAsync("red: ", Variables(service, token), "unchanged: ");
        _host.Comments[130] = posted with { Body = Marker + "\nan earlier night" };
        await DoneAsync("red: ", Variables(service, token), "edited: ");
        Assert.Equal(posted.Body, Assert.Single(Ours(Marker)).Body);
        Assert.Equal(261, _host.Comments.Count);
    }

    [Theory]
    [InlineData("github", "ghs_bot")]
    [InlineData("gitlab", "glpat_bot")]
    public async Task What_another_wrote_is_not_edited(string service, string token)
    {
        _host.Comments.Add(new HostedPost(1, "mallory", Marker + "\nmine"));
        await DoneAsync("red: ", Variables(service, token), "posted: ");
        Assert.Equal([Marker + "\nmine"], _host.Comments.Where(one => one.Author == "mallory").Select(one => one.Body));
        Assert.Equal(2, _host.Comments.Count);
    }

    [Theory]
    [InlineData("github", "ghs_bot", 403, "retry-after", "0")]
    [InlineData("github", "ghs_bot", 429, "retry-after", "0")]
    [InlineData("github", "ghs_bot", 403, "x-ratelimit-reset", "now")]
    [InlineData("gitlab", "glpat_bot", 429, "retry-after", "0")]
    public async Task A_limit_is_waited_for(string service, string token, int status, string header, string value)
    {
        for (var times = 0; times < 3; times++)
            _host.Instead.Enqueue(context => Limit(context, status, header, value));
        await DoneAsync("red: ", Variables(service, token), "posted: ");
        Assert.Single(Ours(Marker));
    }

    [Theory]
    [InlineData("github", "ghs_bot", 403, "x-ratelimit-reset")]
    [InlineData("gitlab", "glpat_bot", 429, "retry-after")]
    public async Task A_limit_of_an_hour_is_not_waited_for(string service, string token, int status, string header)
    {
        _host.Instead.Enqueue(context => Limit(context, status, header, "hour"));
        await RefusedAsync(Variables(service, token));
        Assert.Single(_host.Requests);
    }

    [Theory]
    [InlineData("github", "ghs_bot")]
    [InlineData("gitlab", "glpat_bot")]
    public async Task A_comment_whose_answer_was_lost_is_not_doubled(string service, string token)
    {
        _host.LosesAnswers = true;
        await DoneAsync("red: ", Variables(service, token), "unchanged: ");
        Assert.Single(Ours(Marker));
    }

    [Theory]
    [InlineData("github", "ghs_fork")]
    [InlineData("gitlab", "glpat_read")]
    public async Task A_token_that_only_reads_leads_to_the_summary_and_is_no_failure(string service, string token)
    {
        var variables = Variables(service, token);
        var summary = Path.Combine(sweeps.Workspace.Folder, Guid.NewGuid().ToString("N"));
        variables["GITHUB_STEP_SUMMARY"] = summary;
        var run = await sweeps.Workspace.RunAsync(variables, "comment", "red.yaml");

        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        Assert.Contains("warning EXP3035: red: ", run.Output, StringComparison.Ordinal);
        Assert.StartsWith(Marker, await File.ReadAllTextAsync(summary, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(_host.Comments);
    }

    [Fact]
    public async Task A_wrong_token_is_told_and_not_shown()
    {
        var run = await RefusedAsync(Variables("github", "secret-token"));
        Assert.DoesNotContain("secret-token", run.Output + run.Error, StringComparison.Ordinal);
        await RefusedAsync(Variables("gitlab", "secret-token"));
        await RefusedAsync(new Dictionary<string, string>(Variables("github", "ghs_bot")) { ["GITHUB_API_URL"] = "http://127.0.0.1:9" });
    }

    [Fact]
    public async Task Without_a_token_or_a_pull_request_it_goes_to_standard_output_or_a_file()
    {
        var none = await sweeps.Workspace.RunAsync(_host.GitHub(token: null), "comment", "red.yaml");
        Assert.Equal(("red: not posted, for GITHUB_TOKEN is not set", Marker), (none.Lines[0], none.Lines[1]));
        var push = await sweeps.Workspace.RunAsync(new Dictionary<string, string>(_host.GitHub("ghs_bot")) { ["GITHUB_REF"] = "refs/heads/main" }, "comment", "red.yaml");
        Assert.Equal("red: not posted, for this job is of no pull request", push.Lines[0]);
        var desk = await sweeps.Workspace.RunAsync(Nowhere(), "comment", "red.yaml", "green.yaml", "--out", "out.md");
        Assert.True(desk.ExitCode == ExitCodes.Pass, desk.ToString());
        Assert.DoesNotContain(Marker, desk.Output, StringComparison.Ordinal);
        var file = await File.ReadAllTextAsync(Path.Combine(sweeps.Workspace.Folder, "out.md"), TestContext.Current.CancellationToken);
        Assert.StartsWith(Marker, file, StringComparison.Ordinal);
        Assert.Contains("\n<!-- experiments:green -->\n", file, StringComparison.Ordinal);
        Assert.Empty(_host.Requests);
    }

    [Fact]
    public async Task The_pull_request_is_that_of_the_event_or_the_one_that_is_named()
    {
        var variables = _host.GitHub("ghs_bot");
        variables["GITHUB_REF"] = "refs/heads/main";
        variables["GITHUB_EVENT_PATH"] = sweeps.Workspace.Write("event.json", """{"issue": {"number": 12, "pull_request": {}}}""");
        await DoneAsync("red: ", variables, "posted: ");
        variables.Remove("GITHUB_EVENT_PATH");
        await DoneAsync("red: ", variables, "unchanged: ", "--pull-request", "12");
    }

    [Theory]
    [InlineData("github", "ghs_bot")]
    [InlineData("gitlab", "glpat_bot")]
    public async Task An_issue_is_opened_only_for_a_gate_that_failed_and_edited_while_it_is_open(string service, string token)
    {
        await DoneAsync("green: ", Variables(service, token), "none is open", "--issue");
        Assert.Empty(_host.Issues);
        _host.Issues.Add(new HostedPost(1, CodeHostDouble.Bot, Marker + "\na pull request") { IsPullRequest = service == "github" });
        if (service == "gitlab")
            _host.Issues[0] = _host.Issues[0] with { Author = "mallory" };

        await DoneAsync("red: ", Variables(service, token), "posted: ", "--issue");
        var issue = Assert.Single(_host.Issues.Skip(1));
        Assert.Equal("red: ✗ blown up", issue.Title);
        _host.Issues[1] = issue with { Body = Marker + "\nearlier" };
        await DoneAsync("red: ", Variables(service, token), "edited: ", "--issue");
        Assert.Equal(issue.Body, Assert.Single(_host.Issues.Skip(1)).Body);
    }

    [Fact]
    public async Task A_folder_needs_no_definition()
    {
        var folder = Directory.CreateTempSubdirectory("experiments-artifact-").FullName;
        var run = await ToolRun.StartAsync(folder, _host.GitHub("ghs_bot"), "comment", "--from", Path.Combine(sweeps.Workspace.Folder, ".experiments"));
        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        Assert.Equal(["<!-- experiments:green -->", Marker], _host.Comments.Select(one => one.Body.Split('\n')[0]));

        var empty = await ToolRun.StartAsync(folder, _host.GitHub("ghs_bot"), "comment", "--from", folder);
        Assert.True(empty.ExitCode == ExitCodes.BadUsage, empty.ToString());
        Assert.Contains("error EXP3010: ", empty.Output, StringComparison.Ordinal);
        var both = await ToolRun.StartAsync(folder, _host.GitHub("ghs_bot"), "comment", "red.yaml", "--from", folder);
        Assert.True(both.ExitCode == ExitCodes.BadUsage && both.Error.Contains("name no file", StringComparison.Ordinal), both.ToString());
        Directory.Delete(folder, recursive: true);
    }

    private static Dictionary<string, string> Nowhere() => new() { ["GITHUB_REPOSITORY"] = "", ["CI_API_V4_URL"] = "", ["GITHUB_STEP_SUMMARY"] = "" };

    private static bool Limit(HttpContext context, int status, string header, string value)
    {
        var now = DateTimeOffset.UtcNow;
        context.Response.StatusCode = status;
        context.Response.Headers["x-ratelimit-remaining"] = "0";
        context.Response.Headers["x-ratelimit-limit"] = "60";
        context.Response.Headers[header] = (value, header) switch
        {
            ("hour", "retry-after") => "3600",
            ("hour", _) => now.AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ("now", _) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => value,
        };
        context.Response.ContentType = "application/json";
        context.Response.Body.Write(Encoding.UTF8.GetBytes(header == "retry-after" ? """{"message": "You have exceeded a secondary rate limit."}""" : """{"message": "API rate limit exceeded for installation."}"""));
        return true;
    }

    private Dictionary<string, string> Variables(string service, string token) => service == "github" ? _host.GitHub(token) : _host.GitLab(token);

    private IEnumerable<HostedPost> Ours(string marker) => _host.Comments.Where(one => one.Body.StartsWith(marker, StringComparison.Ordinal));

    private async Task DoneAsync(string line, Dictionary<string, string> variables, string done, params string[] options)
    {
        var run = await sweeps.Workspace.RunAsync(variables, ["comment", $"{line[..^2]}.yaml", .. options]);
        Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        Assert.Contains(run.Lines, one => one.StartsWith(line, StringComparison.Ordinal) && one.Contains(done, StringComparison.Ordinal));
        Assert.DoesNotContain("<!--", run.Output, StringComparison.Ordinal);
    }

    private async Task<ToolRun> RefusedAsync(Dictionary<string, string> variables)
    {
        var run = await sweeps.Workspace.RunAsync(variables, "comment", "red.yaml");
        Assert.True(run.ExitCode == ExitCodes.TrialFailed, run.ToString());
        Assert.Contains("error EXP3036: red: ", run.Output, StringComparison.Ordinal);
        Assert.Contains(Marker, run.Output, StringComparison.Ordinal);
        return run;
    }
}
