using Octokit;

namespace Experiments.Tool.Commenting;

/// <summary>The open issues of a project on GitHub.</summary>
/// <param name="client">The client.</param>
/// <param name="repository">Owner and name: <c>GITHUB_REPOSITORY</c>.</param>
internal sealed class GitHubIssues(GitHubClient client, (string Owner, string Name) repository) : ICommentPlace
{
    public string Name => $"the issues of {repository.Owner}/{repository.Name}";

    public Task<PostedText?> FindAsync(string marker, CancellationToken cancellationToken) => GitHubClients.CallAsync(async () =>
    {
        var login = await GitHubClients.LoginAsync(client).ConfigureAwait(false);
        var open = new RepositoryIssueRequest { State = ItemStateFilter.Open, SortProperty = IssueSort.Created, SortDirection = SortDirection.Ascending };
        var issues = await client.Issue.GetAllForRepository(repository.Owner, repository.Name, open, new ApiOptions { PageSize = 100 }).ConfigureAwait(false);
        return issues.Where(one => one.PullRequest is null && one.Body?.StartsWith(marker, StringComparison.Ordinal) == true && GitHubClients.IsOurs(one.User, login))
            .Select(one => new PostedText(one.Number, one.Body, one.HtmlUrl)).FirstOrDefault();
    });

    public Task<string> CreateAsync(DraftText text, CancellationToken cancellationToken) =>
        GitHubClients.CallAsync(async () => (await client.Issue.Create(repository.Owner, repository.Name, new NewIssue(text.Title) { Body = text.Body }).ConfigureAwait(false)).HtmlUrl);

    public Task<string> EditAsync(long id, DraftText text, CancellationToken cancellationToken) =>
        GitHubClients.CallAsync(async () => (await client.Issue.Update(repository.Owner, repository.Name, (int)id, new IssueUpdate { Title = text.Title, Body = text.Body }).ConfigureAwait(false)).HtmlUrl);
}
