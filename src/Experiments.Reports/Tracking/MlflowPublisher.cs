using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Reports.Files;

namespace Experiments.Reports.Tracking;

/// <summary>
/// Completes the record of a sweep: sends what an earlier process could not, and records from the sweep's folder what never was. What the
/// store holds already stays as it is, so it may be repeated.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">What runs say beyond the sweep itself; null: the defaults.</param>
public sealed class MlflowPublisher(IMlflowStore store, MlflowObserverOptions? options = null)
{
    private readonly MlflowObserverOptions options = options ?? new MlflowObserverOptions();

    /// <summary>Whether an earlier process left something of a sweep that this store has not taken.</summary>
    /// <param name="sweepFolder">The sweep's folder.</param>
    /// <param name="trackingUri">The store's address.</param>
    public static bool HasLeftovers(string sweepFolder, string trackingUri) => TrackingFolder.Of(sweepFolder, trackingUri).HasLeftovers;

    /// <summary>Records parent, nested runs, curves, artifacts and verdicts.</summary>
    /// <param name="sweep">The sweep as it started, with all trials that are done; its folder holds the trials' events and logs.</param>
    /// <param name="report">Measurements and judgement; null for a sweep that has not ended, whose open runs are closed as KILLED.</param>
    /// <param name="cancellationToken">Cancels the publication; it can be repeated.</param>
    /// <returns>Whether the store has taken all.</returns>
    /// <exception cref="IOException">A file of the sweep's folder cannot be used, or another process is recording the sweep.</exception>
    public async Task<RecordingOutcome> PublishAsync(SweepStart sweep, SweepReport? report, CancellationToken cancellationToken = default)
    {
        if (report is not null) // the copy of results.json in the store is not to say that it is not there
            report = await ReportFiles.UpdateAsync(sweep.Folder, report, report.Sweep.Observers.Where(one => !IsMended(one)), cancellationToken);
        var (outcome, isRefused) = await RecordAsync(sweep, report, doubt: false, cancellationToken);
        if (isRefused) // a run that this program takes for recorded is not there any more, say
            (outcome, _) = await RecordAsync(sweep, report, doubt: true, cancellationToken);
        if (report is not null)
            await ReportFiles.UpdateAsync(sweep.Folder, report, [.. report.Sweep.Observers, .. outcome.Problems], cancellationToken);
        return outcome;
    }

    private async Task<(RecordingOutcome Outcome, bool IsRefused)> RecordAsync(SweepStart sweep, SweepReport? report, bool doubt, CancellationToken cancellationToken)
    {
        await using var runs = new SweepRuns(store, sweep, options);
        if (doubt || File.Exists(runs.Folder.Rejected))
        {
            runs.Doubt();
            File.Delete(runs.Folder.Rejected);
        }

        await runs.StartAsync(cancellationToken);
        if (report is null)
            runs.Interrupt();
        else
            await runs.FinishAsync(report, cancellationToken);
        await Recording.WaitAsync(runs, store.TrackingUri, options, cancellationToken);
        return (Recording.Outcome(runs, store.TrackingUri, sweep, report), runs.Outbox.Status.RejectedOperations > 0);
    }

    /// <summary>Whether a complete publication to this store makes the problem a thing of the past.</summary>
    private bool IsMended(Diagnostic problem) =>
        ((problem.Code == TrackingDiagnostics.NotRecorded.Code || problem.Code == TrackingDiagnostics.ExperimentDeleted.Code) && problem.Message.Contains(StoreAddress.WithoutCredentials(store.TrackingUri), StringComparison.Ordinal))
        || (problem.Code == TrackingDiagnostics.ObserverFailed.Code && problem.Message.StartsWith(MlflowObserver.ObserverName, StringComparison.Ordinal));
}
