using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Experiments.Tool.Commenting;

/// <summary>Calls GitLab's API: https://docs.gitlab.com/api/rest/.</summary>
/// <param name="http">Has the API's address and the token.</param>
internal sealed partial class GitLabClient(HttpClient http)
{
    /// <summary>A client.</summary>
    /// <param name="address">The API's address, as <c>CI_API_V4_URL</c> gives it.</param>
    /// <param name="token">An access token; a job's own may not comment.</param>
    public static GitLabClient Create(Uri address, string token)
    {
#pragma warning disable CA2000 // the process ends with the command
        var http = new HttpClient(new RateLimits(TimeProvider.System)) { BaseAddress = new Uri(address.AbsoluteUri.TrimEnd('/') + "/") };
#pragma warning restore CA2000
        http.DefaultRequestHeaders.Add("PRIVATE-TOKEN", token);
        http.DefaultRequestHeaders.UserAgent.ParseAdd("experiments");
        return new GitLabClient(http);
    }

    /// <summary>The number of the token's owner: a text of another author is not edited.</summary>
    public async Task<long> UserIdAsync(CancellationToken cancellationToken) =>
        (long?)(await SendAsync(HttpMethod.Get, new Uri("user", UriKind.Relative), null, cancellationToken).ConfigureAwait(false)).Body?["id"] ?? throw new CommentFault("GET user: a reply without an id", null);

    /// <summary>All entries of a list: the header Link leads from page to page (https://docs.gitlab.com/api/rest/#pagination).</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        for (var next = new Uri(path, UriKind.Relative); next is not null;)
        {
            var (body, link) = await SendAsync(HttpMethod.Get, next, null, cancellationToken).ConfigureAwait(false);
            all.AddRange(body?.AsArray().OfType<JsonNode>() ?? []);
            var found = NextPage().Match(link ?? "");
            next = found.Success ? new Uri(http.BaseAddress!, found.Groups["address"].Value) : null;
            if (next is not null && !http.BaseAddress!.IsBaseOf(next))
                throw new CommentFault($"the next page is at another address: {next.GetLeftPart(UriPartial.Authority)}", null); // which the token is not for
        }

        return all;
    }

    /// <summary>Writes an entry.</summary>
    public async Task<JsonNode> WriteAsync(HttpMethod method, string path, JsonObject content, CancellationToken cancellationToken) =>
        (await SendAsync(method, new Uri(path, UriKind.Relative), content, cancellationToken).ConfigureAwait(false)).Body ?? throw new CommentFault($"{method} {path}: an empty reply", null);

    private async Task<(JsonNode? Body, string? Link)> SendAsync(HttpMethod method, Uri address, JsonObject? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, address) { Content = content is null ? null : JsonContent.Create(content) };
            using var reply = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var text = await reply.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            if (!reply.IsSuccessStatusCode)
                throw new CommentFault($"{method} {address}: {(int)reply.StatusCode} {reply.ReasonPhrase}{Said(text)}", RateLimits.IsLimit(reply) ? HttpStatusCode.TooManyRequests : reply.StatusCode);
            return (JsonNode.Parse(text), reply.Headers.TryGetValues("Link", out var links) ? string.Join(", ", links) : null);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or JsonException or TaskCanceledException { InnerException: TimeoutException })
        {
            throw new CommentFault($"{method} {address}: {fault.Message}", null, fault);
        }
    }

    private static string Said(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject said && (said["message"] ?? said["error"]) is { } message ? $": {message.ToJsonString()}" : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    [GeneratedRegex("""<(?<address>[^>]+)>;\s*rel="next"(,|\s*$)""")]
    private static partial Regex NextPage();
}
