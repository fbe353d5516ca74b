using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Timeout;

namespace Experiments.Mlflow.Http;

/// <summary>Which replies and failures are worth another try, and the pipeline that makes it.</summary>
internal static class RetryPolicy
{
    // An artifact has a second more for each of these.
    private const double SlowestBytesPerSecond = 256 * 1024;

    public static ResiliencePipeline<HttpResponseMessage> Build(MlflowRetryOptions options, TimeProvider time, long bodyBytes)
    {
        var allowance = TimeSpan.FromSeconds(bodyBytes / SlowestBytesPerSecond);
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        builder.AddTimeout(options.TotalTimeout + (allowance * 3));
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.BaseDelay,
                MaxDelay = options.MaxDelay,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is { } e ? IsTransient(e) : IsTransient(arguments.Outcome.Result!.StatusCode)),
            });
        }

        return builder.AddTimeout(options.AttemptTimeout + allowance).Build();
    }

    public static bool IsTransient(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    public static bool IsTransient(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => false,
        HttpRequestException or IOException or TimeoutRejectedException => true,
        _ => false,
    };
}
