using Octokit;

namespace Experiments.Tool.Commenting;

/// <summary>The comments of a pull request on GitHub.</summary>
/// <param name="client">The client.</param>
/// <param name="repository">Owner and name: <c>GITHUB_REPOSITORY</c>.</param>
/// <param name="number">The pull request.</param>
internal sealed class GitHubPullRequest(GitHubClient client, (string Owner, string Name) repository, int number) : ICommentPlace
{
    public string Name => $"pull request {number} of {repository.Owner}/{repository.Name}";

    public Task<PostedText?> FindAsync(string marker, CancellationToken cancellationToken) => GitHubClients.CallAsync(async () =>
    {
        var login = await GitHubClients.LoginAsync(client).ConfigureAwait(false);
        var comments = await client.Issue.Comment.GetAllForIssue(repository.Owner, repository.Name, number, new ApiOptions { PageSize = 100 }).ConfigureAwait(false);
        return comments.Where(one => one.Body?.StartsWith(marker, StringComparison.Ordinal) == true && GitHubClients.IsOurs(one.User, login))
            .Select(one => new PostedText(one.Id, one.Body, one.HtmlUrl)).FirstOrDefault();
    });

    public Task<string> CreateAsync(DraftText text, CancellationToken cancellationToken) =>
        GitHubClients.CallAsync(async () => (await client.Issue.Comment.Create(repository.Owner, repository.Name, number, text.Body).ConfigureAwait(false)).HtmlUrl);

    public Task<string> EditAsync(long id, DraftText text, CancellationToken cancellationToken) =>
        GitHubClients.CallAsync(async () => (await client.Issue.Comment.Update(repository.Owner, repository.Name, id, text.Body).ConfigureAwait(false)).HtmlUrl);
}
