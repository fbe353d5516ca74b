using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Experiments.Tool.Commenting;

/// <summary>Finds, by the variables of GitHub Actions and GitLab CI, where a text goes.</summary>
/// <param name="variable">Gives the value of an environment variable.</param>
internal sealed partial class CommentPlaces(Func<string, string?> variable)
{
    /// <summary>The comments of the pull request that the CI job is of; null, with the reason, where there is none, or no token.</summary>
    /// <param name="number">The pull request where the job is of none, as for one that was started after another; null: the job's own.</param>
    public (ICommentPlace? Place, string Reason) PullRequest(int? number) => Find(
        "pull request",
        (client, repository) => (number ?? GitHubNumber()) is { } one ? new GitHubPullRequest(client, repository, one) : null,
        (client, project) => (number ?? Number(Variable("CI_MERGE_REQUEST_IID"))) is { } one ? new GitLabMergeRequest(client, project, one) : null);

    /// <summary>The issues of the project that the CI job is of; null, with the reason, where there is no token.</summary>
    public (ICommentPlace? Place, string Reason) Issues() =>
        Find("project", (client, repository) => new GitHubIssues(client, repository), (client, project) => new GitLabIssues(client, project));

    /// <summary>The page of the CI job; null: there is none.</summary>
    public Uri? Job() => Uri.TryCreate(
        Variable("GITHUB_RUN_ID") is { } run ? $"{Variable("GITHUB_SERVER_URL")}/{Variable("GITHUB_REPOSITORY")}/actions/runs/{run}" : Variable("CI_JOB_URL"), UriKind.Absolute, out var page)
        && page.Scheme is "http" or "https" ? page : null;

    private (ICommentPlace? Place, string Reason) Find(
        string what, Func<Octokit.GitHubClient, (string Owner, string Name), ICommentPlace?> gitHub, Func<GitLabClient, string, ICommentPlace?> gitLab)
    {
        if (Variable("GITHUB_REPOSITORY") is { } repository)
        {
            if (Variable("GITHUB_TOKEN") is not { } token)
                return (null, "GITHUB_TOKEN is not set");
            if (repository.Split('/') is not [{ Length: > 0 } owner, { Length: > 0 } name] || Address("GITHUB_API_URL", "https://api.github.com") is not { } address)
                return (null, $"GITHUB_REPOSITORY ({repository}) or GITHUB_API_URL names nothing on GitHub");
            return Or(gitHub(GitHubClients.Create(address, token), (owner, name)), $"this job is of no {what}");
        }

        if (Variable("CI_API_V4_URL") is not null)
        {
            if (Variable("GITLAB_TOKEN") is not { } token)
                return (null, "GITLAB_TOKEN is not set");
            // A pipeline of a fork is of the fork's project; the merge request is of the one that it asks to merge.
            if ((Variable("CI_MERGE_REQUEST_PROJECT_ID") ?? Variable("CI_PROJECT_ID")) is not { } project || Address("CI_API_V4_URL", "") is not { } address)
                return (null, "CI_PROJECT_ID or CI_API_V4_URL names nothing on GitLab");
            return Or(gitLab(GitLabClient.Create(address, token), project), $"this job is of no {what}");
        }

        return (null, "neither GitHub Actions nor GitLab CI runs this");
    }

    private static (ICommentPlace? Place, string Reason) Or(ICommentPlace? place, string reason) => (place, place is null ? reason : "");

    private Uri? Address(string name, string usual) => Uri.TryCreate(Variable(name) ?? usual, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    /// <summary>https://docs.github.com/en/webhooks/webhook-events-and-payloads: a pull request, or a comment on one.</summary>
    private int? GitHubNumber()
    {
        if (PullRequestReference().Match(Variable("GITHUB_REF") ?? "") is { Success: true } reference)
            return Number(reference.Groups[1].Value);
        try
        {
            var told = Variable("GITHUB_EVENT_PATH") is { } file && File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null;
            return (int?)told?["pull_request"]?["number"] ?? (told?["issue"]?["pull_request"] is null ? null : (int?)told["issue"]!["number"]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private string? Variable(string name) => variable(name) is { Length: > 0 } value ? value : null;

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\Arefs/pull/(\d+)/")]
    private static partial Regex PullRequestReference();
}
