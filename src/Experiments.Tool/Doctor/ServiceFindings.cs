using Experiments.Core.Diagnostics;
using Experiments.Mlflow;
using Experiments.Mlflow.Queries;
using Experiments.Recording;

namespace Experiments.Tool.Doctor;

/// <summary>What is reached from here.</summary>
internal static class ServiceFindings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether runs can be recorded where definitions that say nothing record them.</summary>
    public static async Task<Finding> MlflowAsync(CancellationToken cancellationToken)
    {
        var uri = Tracking.DefaultUri;
        const string Subject = "MLflow";
        if (uri.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) && Problem(uri) is null)
            return new Finding { Subject = Subject, Found = $"{uri}, a database that needs no server; MLFLOW_TRACKING_URI names another place" };
        if (Problem(uri) is { } unusable)
            return new Finding
            {
                Subject = Subject, Found = unusable, Consequence = "sweeps that record there do not start", Remedy = TrackingDiagnostics.UnknownStore.Remedy,
            };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            await using var store = MlflowStore.Open(new MlflowOptions { TrackingUri = uri, Retry = new MlflowRetryOptions { MaxRetries = 0 } });
            await store.SearchExperimentsAsync(new ExperimentQuery { MaxResults = 1 }, timeout.Token).ConfigureAwait(false);
            return new Finding { Subject = Subject, Found = $"{store.TrackingUri} answers" };
        }
        catch (Exception problem) when (problem is MlflowException || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Finding
            {
                Subject = Subject,
                Found = problem is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : problem.Message,
                Consequence = "sweeps run, but are not recorded until experiments publish reaches the server",
                Remedy = "start the server, or name another by MLFLOW_TRACKING_URI (sqlite:///mlflow.db needs none)",
            };
        }
    }

    /// <summary>Why a store of this address cannot be opened; null: it can.</summary>
    private static string? Problem(string uri)
    {
        try
        {
            MlflowStore.Open(new MlflowOptions { TrackingUri = uri }).DisposeAsync().AsTask().Wait(); // opening calls nobody
            return null;
        }
        catch (Exception problem) when (Tracking.IsUnusable(problem))
        {
            return problem.Message;
        }
    }
}
