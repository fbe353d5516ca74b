using System.Globalization;
using System.Text.Json.Nodes;

namespace Experiments.Tool.Commenting;

/// <summary>The notes of a merge request on GitLab: https://docs.gitlab.com/api/notes/#merge-requests.</summary>
/// <param name="client">The client.</param>
/// <param name="project">The project's number.</param>
/// <param name="number">The merge request: <c>CI_MERGE_REQUEST_IID</c>.</param>
internal sealed class GitLabMergeRequest(GitLabClient client, string project, int number) : ICommentPlace
{
    private readonly string _notes = string.Create(CultureInfo.InvariantCulture, $"projects/{Uri.EscapeDataString(project)}/merge_requests/{number}/notes");

    public string Name => $"merge request {number} of project {project}";

    public async Task<PostedText?> FindAsync(string marker, CancellationToken cancellationToken)
    {
        var us = await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        var notes = await client.ListAsync($"{_notes}?per_page=100&sort=asc&order_by=created_at", cancellationToken).ConfigureAwait(false);
        return notes.Where(one => (bool?)one["system"] != true && ((string?)one["body"])?.StartsWith(marker, StringComparison.Ordinal) == true && (long?)one["author"]?["id"] == us)
            .Select(one => new PostedText((long)one["id"]!, (string)one["body"]!, AddressOf(one))).FirstOrDefault();
    }

    public async Task<string> CreateAsync(DraftText text, CancellationToken cancellationToken) =>
        AddressOf(await client.WriteAsync(HttpMethod.Post, _notes, new JsonObject { ["body"] = text.Body }, cancellationToken).ConfigureAwait(false));

    public async Task<string> EditAsync(long id, DraftText text, CancellationToken cancellationToken) =>
        AddressOf(await client.WriteAsync(HttpMethod.Put, string.Create(CultureInfo.InvariantCulture, $"{_notes}/{id}"), new JsonObject { ["body"] = text.Body }, cancellationToken).ConfigureAwait(false));

    /// <summary>GitLab tells no address of a note.</summary>
    private string AddressOf(JsonNode note) => $"note {note["id"]} of merge request {number}";
}
