using Experiments.Mlflow.Http;
using Experiments.Mlflow.Sqlite;

namespace Experiments.Mlflow;

/// <summary>Opens the place that MLflow keeps experiments and runs in.</summary>
public static class MlflowStore
{
    /// <summary>What is opened where nothing else is said.</summary>
    public const string DefaultTrackingUri = "sqlite:///mlflow.db";

    /// <summary>Opens a store. A server is not called yet; a database that is not there is created by the first call.</summary>
    /// <param name="trackingUri">As <see cref="MlflowOptions.TrackingUri"/>.</param>
    /// <returns>The store; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The URI is of no known kind.</exception>
    public static IMlflowStore Open(string? trackingUri = null) => Open(new MlflowOptions { TrackingUri = trackingUri });

    /// <summary>Opens a store. A server is not called yet; a database that is not there is created by the first call.</summary>
    /// <param name="options">How to reach it.</param>
    /// <returns>The store; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The URI is of no known kind.</exception>
    public static IMlflowStore Open(MlflowOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var uri = options.TrackingUri ?? Environment.GetEnvironmentVariable("MLFLOW_TRACKING_URI");
        if (string.IsNullOrWhiteSpace(uri))
        {
            uri = DefaultTrackingUri;
        }

        if (SqliteUri.TryGetPath(uri) is { } path)
        {
            return new SqliteStore(path, options);
        }

        if (HttpStoreFactory.Handles(uri))
        {
            return HttpStoreFactory.Create(uri, options);
        }

        throw new ArgumentException($"'{WithoutCredentials(uri)}' is no tracking URI that is known: only http://host, https://host and sqlite:///path are");
    }

    /// <summary>A tracking URI as it may be shown: without user, password and query.</summary>
    /// <param name="trackingUri">The URI, of whatever kind.</param>
    /// <returns>The URI without them; that of a database is as it was.</returns>
    public static string WithoutCredentials(string trackingUri)
    {
        ArgumentNullException.ThrowIfNull(trackingUri);
        if (trackingUri.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
        {
            return trackingUri;
        }

        var scheme = trackingUri.IndexOf("://", StringComparison.Ordinal);
        var begin = scheme < 0 ? 0 : scheme + 3;
        var rest = trackingUri[begin..].Split('?', '#')[0];
        if (trackingUri.IndexOfAny(['?', '#'], begin) is var query and >= 0 && trackingUri.LastIndexOf('@') > query)
        {
            rest = trackingUri[begin..]; // a password with such a letter in it
        }

        // An address of a server ends at the first slash, and what is behind it is a path. Of others nobody knows how they are written.
        var end = HttpStoreFactory.Handles(trackingUri) && Uri.TryCreate(trackingUri, UriKind.Absolute, out _) ? rest.IndexOf('/', StringComparison.Ordinal) : -1;
        var user = (end < 0 ? rest : rest[..end]).LastIndexOf('@');
        return trackingUri[..begin] + rest[(user + 1)..];
    }
}
