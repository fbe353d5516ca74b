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

        throw new ArgumentException(
            $"'{uri}' is no tracking URI that is known: sqlite:///path, http://host and https://host are", nameof(options));
    }
}
