using System.Net;
using Octokit;
using Octokit.Internal;

namespace Experiments.Tool.Commenting;

/// <summary>Calls GitHub's API: https://docs.github.com/en/rest.</summary>
internal static class GitHubClients
{
    /// <summary>A client.</summary>
    /// <param name="address">The API's address, as <c>GITHUB_API_URL</c> gives it: that of github.com, or of a server of a company's own.</param>
    /// <param name="token">The token.</param>
    public static GitHubClient Create(Uri address, string token)
    {
#pragma warning disable CA2000 // the process ends with the command
        var adapter = new HttpClientAdapter(() => new RateLimits(TimeProvider.System));
#pragma warning restore CA2000
        var connection = new Connection(
            new ProductHeaderValue("experiments"), new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), new InMemoryCredentialStore(new Credentials(token)), adapter, new SimpleJsonSerializer());
        return new GitHubClient(connection);
    }

    /// <summary>Who owns a token: a text of another author is not edited. Null for the token of a workflow, which may not ask, and acts as a bot.</summary>
    /// <param name="client">The client.</param>
    public static async Task<string?> LoginAsync(GitHubClient client)
    {
        try
        {
            return (await client.User.Current().ConfigureAwait(false)).Login;
        }
        catch (ForbiddenException fault) when (fault is not (RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException))
        {
            return null; // "Resource not accessible by integration"
        }
    }

    /// <summary>Whether a text's author is the token's owner.</summary>
    /// <param name="author">The author.</param>
    /// <param name="login">What <see cref="LoginAsync"/> said.</param>
    public static bool IsOurs(User author, string? login) => login is null ? author.Type == AccountType.Bot : author.Login.Equals(login, StringComparison.OrdinalIgnoreCase);

    /// <summary>Calls, and makes what a person needs to know of a refusal.</summary>
    public static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (ApiException fault)
        {
            var isLimit = fault is RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException;
            throw new CommentFault(fault.Message, isLimit ? HttpStatusCode.TooManyRequests : fault.StatusCode, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TaskCanceledException { CancellationToken.IsCancellationRequested: false } or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new CommentFault(fault.Message, null, fault);
        }
    }
}
