using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Outbox;
using Experiments.Reports.Tables;

namespace Experiments.Reports.Tracking;

/// <summary>Waits, for a bounded time, until the store has taken what was handed over, and says how it went.</summary>
internal static class Recording
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1);

    /// <summary>Waits as long as the store takes something, but not longer than the options say.</summary>
    public static async Task WaitAsync(SweepRuns runs, string trackingUri, MlflowObserverOptions options, CancellationToken cancellationToken)
    {
        var clock = options.TimeProvider;
        var began = clock.GetTimestamp();
        var (progress, since, said) = (0L, began, false);
        var stall = runs.IsKept ? options.StallTimeout : Slice;
        while (!await runs.Outbox.FlushAsync(Slice < stall ? Slice : stall, cancellationToken))
        {
            if (runs.Outbox.Status.DeliveredOperations is var delivered && delivered != progress)
                (progress, since) = (delivered, clock.GetTimestamp());
            if (runs.Outbox.Status.BarredBy is not null)
                return;
            if (clock.GetElapsedTime(since) >= stall || clock.GetElapsedTime(began) >= options.DrainTimeout)
                return;
            if (!said)
                options.OnWaiting?.Invoke(
                    $"waiting until {StoreAddress.WithoutCredentials(trackingUri)} has taken all results, up to {SweepFacts.Duration(stall)} without progress");
            said = true;
        }
    }

    public static RecordingOutcome Outcome(SweepRuns runs, string trackingUri, SweepStart sweep, SweepReport? report) =>
        new() { Problems = [.. Problems(runs, trackingUri, sweep)], Places = TrackingPlaces.Of(trackingUri, runs.Outbox.ExperimentId, report, runs.FindRunId) };

    /// <summary>Nothing could even be kept for later.</summary>
    public static RecordingOutcome Impossible(string trackingUri, SweepStart sweep, Exception cause) => new()
    {
        Problems = [NotRecorded($"nothing of {sweep.SweepId} is recorded in {StoreAddress.WithoutCredentials(trackingUri)}: {cause.Message}", sweep)],
        Places = [],
    };

    private static IEnumerable<Diagnostic> Problems(SweepRuns runs, string trackingUri, SweepStart sweep)
    {
        var status = runs.Outbox.Status;
        var store = StoreAddress.WithoutCredentials(trackingUri);
        if (status.BarredBy is not null)
            yield return Barred(status, trackingUri, sweep);
        else if (status.IsPending)
            yield return NotRecorded($"{sweep.SweepId} is not wholly in {store}: {status.LastError ?? "it is slow"}", sweep);
        if (status.RejectedOperations > 0)
            yield return NotRecorded(
                string.Create(CultureInfo.InvariantCulture, $"{Quantity.Count(status.RejectedOperations, "part")} of {sweep.SweepId} not in {store}, the first: {status.FirstRejection}; all: {runs.Folder.Rejected}"), sweep);
        if (status.DroppedPoints > 0)
            yield return NotRecorded(
                string.Create(CultureInfo.InvariantCulture, $"{Quantity.Count(status.DroppedPoints, "point")} of {sweep.SweepId} could neither be sent nor kept"), sweep);
    }

    /// <summary>What keeps the store from taking anything until somebody mends it: said as soon as it is known, and at the end.</summary>
    public static Diagnostic Barred(OutboxStatus status, string trackingUri, SweepStart sweep)
    {
        var problem = $"nothing of {sweep.SweepId} is recorded in {StoreAddress.WithoutCredentials(trackingUri)} until this is mended: {status.LastError}";
        return status.BarredBy == MlflowErrorCode.ExperimentDeleted
            ? TrackingDiagnostics.ExperimentDeleted.Warning($"{problem}; restore it or name another by mlflow.experiment, then: {Publish(sweep)}", sweep.Definition.PositionOf("mlflow.experiment"))
            : NotRecorded(problem, sweep);
    }

    private static string Publish(SweepStart sweep) => $"experiments publish {sweep.Definition.File} --sweep {sweep.SweepId}";

    private static Diagnostic NotRecorded(string problem, SweepStart sweep) => TrackingDiagnostics.NotRecorded.Warning(
        $"{problem}; its results are safe in its folder, send the rest with: {Publish(sweep)}");
}
