using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Experiments.EndToEnd.Tests.Commenting;

/// <summary>
/// The comments and issues of GitHub's and GitLab's API over real HTTP, as documented: pages with Link headers, limits, tokens that only read, authors.
/// https://docs.github.com/en/rest/issues/comments, https://docs.gitlab.com/api/notes/, https://docs.gitlab.com/api/issues/.
/// </summary>
internal sealed partial class CodeHostDouble : IAsyncDisposable
{
    public const string Bot = "github-actions[bot]";
    private readonly Lock _lock = new();
    private WebApplication? _application;

    public List<HostedPost> Comments { get; } = [];

    public List<HostedPost> Issues { get; } = [];

    /// <summary>Method and path of each request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What is done to the next requests, one each, in the double's stead; false: it answers itself.</summary>
    public Queue<Func<HttpContext, bool>> Instead { get; } = [];

    /// <summary>Whether what a request writes is kept and its answer is 502.</summary>
    public bool LosesAnswers { get; set; }

    public Uri Address { get; private set; } = null!;

    /// <summary>The variables of a job of GitHub Actions for pull request 12; the token <c>ghs_bot</c> is a workflow's, <c>ghs_fork</c> one that only reads, <c>ghp_ann</c> a person's.</summary>
    public Dictionary<string, string> GitHub(string? token) => Variables(
        ("GITHUB_API_URL", $"{Address}github"), ("GITHUB_REPOSITORY", "team/trainings"), ("GITHUB_REF", "refs/pull/12/merge"), ("GITHUB_TOKEN", token));

    /// <summary>The variables of a job of GitLab CI for merge request 12; the token <c>glpat_bot</c> writes, <c>glpat_read</c> does not.</summary>
    public Dictionary<string, string> GitLab(string? token) => Variables(
        ("CI_API_V4_URL", $"{Address}gitlab/api/v4"), ("CI_PROJECT_ID", "9"), ("CI_MERGE_REQUEST_PROJECT_ID", "7"), ("CI_MERGE_REQUEST_IID", "12"), ("GITLAB_TOKEN", token));

    public static async Task<CodeHostDouble> StartAsync()
    {
        var host = new CodeHostDouble();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, 0);
            options.AllowSynchronousIO = true;
        });
        host._application = builder.Build();
        host._application.Run(host.HandleAsync);
        await host._application.StartAsync();
        host.Address = new Uri(host._application.Urls.First().TrimEnd('/') + "/");
        return host;
    }

    /// <summary>Others' comments before ours: more than a page of them.</summary>
    public void Chatter(int count)
    {
        for (var number = 0; number < count; number++)
            Comments.Add(new HostedPost(Comments.Count + 1, "ann", $"comment {number}"));
    }

    public async ValueTask DisposeAsync() => await _application!.DisposeAsync();

    private static Dictionary<string, string> Variables(params (string Name, string? Value)[] all) => all.ToDictionary(one => one.Name, one => one.Value ?? "");

    private async Task HandleAsync(HttpContext context)
    {
        var body = context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(context.Request.Body) : null;
        var path = context.Request.Path.Value!;
        JsonNode answer;
        lock (_lock)
        {
            Requests.Add($"{context.Request.Method} {path}");
            if (Instead.TryDequeue(out var instead) && instead(context))
                return;
            answer = path.StartsWith("/github/", StringComparison.Ordinal) ? GitHubAnswer(context, path["/github".Length..], body) : GitLabAnswer(context, path["/gitlab/api/v4".Length..], body);
        }

        if (LosesAnswers && context.Request.Method == "POST")
            (LosesAnswers, context.Response.StatusCode, answer) = (false, 502, new JsonObject());
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonNode GitHubAnswer(HttpContext context, string path, JsonNode? body)
    {
        var token = context.Request.Headers.Authorization.ToString().Split(' ')[^1];
        var login = token switch { "ghs_bot" or "ghs_fork" => Bot, "ghp_ann" => "ann", _ => null };
        if (login is null)
            return Refuse(context, 401, "Bad credentials");
        if ((token == "ghs_fork" && context.Request.Method != "GET") || (path == "/user" && login == Bot))
            return Refuse(context, 403, "Resource not accessible by integration");
        if ((string?)body?["body"] is { Length: > 65_536 })
            return Refuse(context, 422, "Validation Failed");
        return (context.Request.Method, path) switch
        {
            ("GET", "/user") => new JsonObject { ["login"] = login, ["id"] = 5, ["type"] = "User" },
            ("GET", "/repos/team/trainings/issues/12/comments") => Page(context, Comments, one => Comment(one)),
            ("POST", "/repos/team/trainings/issues/12/comments") => Comment(Add(context, Comments, login, body!, "body")),
            ("PATCH", _) when GitHubComment().Match(path) is { Success: true } match => Comment(Edit(Comments, match, body!, "body")),
            ("GET", "/repos/team/trainings/issues") => Page(context, Issues, one => Issue(one)),
            ("POST", "/repos/team/trainings/issues") => Issue(Add(context, Issues, login, body!, "body")),
            ("PATCH", _) when GitHubIssue().Match(path) is { Success: true } match => Issue(Edit(Issues, match, body!, "body")),
            _ => Refuse(context, 404, "Not Found"),
        };

        JsonObject Comment(HostedPost one) => new()
        {
            ["id"] = one.Id, ["body"] = one.Body, ["html_url"] = $"https://github.example/team/trainings/pull/12#issuecomment-{one.Id}", ["created_at"] = "2026-11-29T03:17:00Z",
            ["user"] = User(one),
        };

        static JsonObject Issue(HostedPost one)
        {
            var issue = new JsonObject
            {
                ["number"] = one.Id, ["title"] = one.Title, ["body"] = one.Body, ["state"] = "open", ["html_url"] = $"https://github.example/team/trainings/issues/{one.Id}",
                ["created_at"] = "2026-11-29T03:17:00Z", ["user"] = User(one),
            };
            if (one.IsPullRequest)
                issue["pull_request"] = new JsonObject { ["url"] = "https://github.example/pulls" };
            return issue;
        }

        static JsonObject User(HostedPost one) => new() { ["login"] = one.Author, ["id"] = 5, ["type"] = one.IsBot ? "Bot" : "User" };
    }

    private JsonNode GitLabAnswer(HttpContext context, string path, JsonNode? body)
    {
        var token = context.Request.Headers["PRIVATE-TOKEN"].ToString();
        if (token is not ("glpat_bot" or "glpat_read"))
            return Refuse(context, 401, "401 Unauthorized");
        if (token == "glpat_read" && context.Request.Method != "GET")
            return Refuse(context, 403, "403 Forbidden");
        return (context.Request.Method, path) switch
        {
            ("GET", "/user") => new JsonObject { ["id"] = 42 },
            ("GET", "/projects/7/merge_requests/12/notes") => Page(context, Comments, one => Note(one)),
            ("POST", "/projects/7/merge_requests/12/notes") => Note(Add(context, Comments, Bot, body!, "body")),
            ("PUT", _) when GitLabNote().Match(path) is { Success: true } match => Note(Edit(Comments, match, body!, "body")),
            ("GET", "/projects/7/issues") => Page(context, Issues, one => Issue(one)),
            ("POST", "/projects/7/issues") => Issue(Add(context, Issues, Bot, body!, "description")),
            ("PUT", _) when GitLabIssue().Match(path) is { Success: true } match => Issue(Edit(Issues, match, body!, "description")),
            _ => Refuse(context, 404, "404 Not Found"),
        };

        static JsonObject Note(HostedPost one) => new() { ["id"] = one.Id, ["body"] = one.Body, ["system"] = false, ["author"] = Author(one) };

        static JsonObject Issue(HostedPost one) => new()
        {
            ["id"] = 1000 + one.Id, ["iid"] = one.Id, ["title"] = one.Title, ["description"] = one.Body, ["web_url"] = $"https://gitlab.example/issues/{one.Id}", ["author"] = Author(one),
        };

        static JsonObject Author(HostedPost one) => new() { ["id"] = one.IsBot ? 42 : 5 };
    }

    private static JsonObject Refuse(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return new JsonObject { ["message"] = message };
    }

    private static HostedPost Add(HttpContext context, List<HostedPost> posts, string author, JsonNode body, string key)
    {
        context.Response.StatusCode = 201;
        var post = new HostedPost(posts.Count + 1, author, (string)body[key]!) { Title = (string?)body["title"] ?? "" };
        posts.Add(post);
        return post;
    }

    private static HostedPost Edit(List<HostedPost> posts, Match match, JsonNode body, string key)
    {
        var index = posts.FindIndex(one => one.Id == long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
        return posts[index] = posts[index] with { Body = (string)body[key]!, Title = (string?)body["title"] ?? "" };
    }

    /// <summary>At most as many as are asked for, thirty (GitHub) or twenty (GitLab) where nothing is asked, and a hundred at most; the rest by the header Link.</summary>
    private static JsonArray Page(HttpContext context, List<HostedPost> posts, Func<HostedPost, JsonObject> shape)
    {
        var query = context.Request.Query;
        var size = Math.Min(100, Number(query["per_page"], 20));
        var page = Number(query["page"], 1);
        if (page * size < posts.Count)
        {
            var next = QueryHelpers.AddQueryString($"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}", query
                .Where(one => one.Key != "page").Select(one => KeyValuePair.Create(one.Key, one.Value.ToString())).Append(KeyValuePair.Create("page", $"{page + 1}"))!);
            context.Response.Headers.Link = $"<{next}>; rel=\"next\", <{next}>; rel=\"last\"";
        }

        return [.. posts.Skip((page - 1) * size).Take(size).Select(shape)];
    }

    private static int Number(string? text, int usual) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : usual;

    [GeneratedRegex(@"^/repos/team/trainings/issues/comments/(\d+)$")]
    private static partial Regex GitHubComment();

    [GeneratedRegex(@"^/repos/team/trainings/issues/(\d+)$")]
    private static partial Regex GitHubIssue();

    [GeneratedRegex(@"^/projects/7/merge_requests/12/notes/(\d+)$")]
    private static partial Regex GitLabNote();

    [GeneratedRegex(@"^/projects/7/issues/(\d+)$")]
    private static partial Regex GitLabIssue();
}
