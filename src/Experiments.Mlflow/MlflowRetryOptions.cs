using System.Globalization;

namespace Experiments.Mlflow;

/// <summary>
/// How calls to a server are repeated: after no connection, no reply in time, and the statuses 408, 429, 500, 502, 503 and 504;
/// exponentially later with jitter, or when the server's <c>Retry-After</c> says.
/// </summary>
public sealed record MlflowRetryOptions
{
    /// <summary>How often a call is repeated: 7 by default, or <c>MLFLOW_HTTP_REQUEST_MAX_RETRIES</c>.</summary>
    public int MaxRetries { get; init; } = FromEnvironment("MLFLOW_HTTP_REQUEST_MAX_RETRIES", 7);

    /// <summary>The pause before the first repetition; each further one is twice as long. 1 second by default.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause; 30 seconds by default.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long one try may last: 120 seconds by default, or <c>MLFLOW_HTTP_REQUEST_TIMEOUT</c>. Artifacts have more, by their size.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(FromEnvironment("MLFLOW_HTTP_REQUEST_TIMEOUT", 120));

    /// <summary>How long a call may last with all its repetitions; 5 minutes by default. Artifacts have more, by their size.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(5);

    private static int FromEnvironment(string name, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : standard;
}
