using System.Globalization;
using System.Text.Json.Nodes;

namespace Experiments.Tool.Commenting;

/// <summary>The open issues of a project on GitLab: https://docs.gitlab.com/api/issues/.</summary>
/// <param name="client">The client.</param>
/// <param name="project">The project's number.</param>
internal sealed class GitLabIssues(GitLabClient client, string project) : ICommentPlace
{
    private readonly string _issues = $"projects/{Uri.EscapeDataString(project)}/issues";

    public string Name => $"the issues of project {project}";

    public async Task<PostedText?> FindAsync(string marker, CancellationToken cancellationToken)
    {
        var us = await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        var issues = await client.ListAsync(string.Create(CultureInfo.InvariantCulture, $"{_issues}?state=opened&author_id={us}&scope=all&per_page=100&sort=asc"), cancellationToken).ConfigureAwait(false);
        return issues.Where(one => ((string?)one["description"])?.StartsWith(marker, StringComparison.Ordinal) == true && (long?)one["author"]?["id"] == us)
            .Select(one => new PostedText((long)one["iid"]!, (string)one["description"]!, AddressOf(one))).FirstOrDefault();
    }

    public async Task<string> CreateAsync(DraftText text, CancellationToken cancellationToken) =>
        AddressOf(await client.WriteAsync(HttpMethod.Post, _issues, Content(text), cancellationToken).ConfigureAwait(false));

    public async Task<string> EditAsync(long id, DraftText text, CancellationToken cancellationToken) =>
        AddressOf(await client.WriteAsync(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"{_issues}/{id}"), Content(text), cancellationToken).ConfigureAwait(false));

    private static JsonObject Content(DraftText text) => new() { ["title"] = text.Title, ["description"] = text.Body };

    private static string AddressOf(JsonNode issue) => (string?)issue["web_url"] ?? $"issue {issue["iid"]}";
}
