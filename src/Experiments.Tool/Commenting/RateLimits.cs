using System.Globalization;
using System.Net;
using Polly;
using Polly.Retry;

namespace Experiments.Tool.Commenting;

/// <summary>
/// Waits where a service asks for it, within bounds, and repeats what may be repeated:
/// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api, https://docs.gitlab.com/security/rate_limits/.
/// </summary>
internal sealed class RateLimits : DelegatingHandler
{
    private const int MostRetries = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2); // a job is paid by the minute
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1); // GitHub's own words for a limit without a time
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    /// <param name="time">The clock.</param>
    public RateLimits(TimeProvider time)
        : base(new HttpClientHandler { CheckCertificateRevocationList = true })
    {
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = MostRetries,
                ShouldHandle = arguments => ValueTask.FromResult(Wait(arguments.Outcome, time.GetUtcNow()) <= Longest),
                DelayGenerator = arguments => ValueTask.FromResult(Wait(arguments.Outcome, time.GetUtcNow())),
            })
            .Build();
    }

    /// <summary>Whether a service said that too much was asked of it.</summary>
    /// <param name="reply">Its reply.</param>
    public static bool IsLimit(HttpResponseMessage reply) => reply.StatusCode == HttpStatusCode.TooManyRequests
        || (reply.StatusCode == HttpStatusCode.Forbidden && (reply.Headers.RetryAfter is not null || Value(reply, "x-ratelimit-remaining") == 0));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await base.SendAsync(request, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>How long to wait before the request is worth repeating; null: it is not.</summary>
    private static TimeSpan? Wait(Outcome<HttpResponseMessage> outcome, DateTimeOffset now)
    {
        if (outcome.Result is not { } reply)
            return null; // whether it was done is not known: StickyText looks again
        if (reply.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            return reply.RequestMessage?.Method == HttpMethod.Post ? null : AfterFault;
        if (!IsLimit(reply))
            return null;
        var wait = reply.Headers.RetryAfter?.Delta ?? reply.Headers.RetryAfter?.Date - now
            ?? (Value(reply, "x-ratelimit-reset") is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset) - now : Unsaid);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static long? Value(HttpResponseMessage reply, string header) =>
        reply.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value < DateTimeOffset.MaxValue.ToUnixTimeSeconds() ? value : null;
}
