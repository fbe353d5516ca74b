using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Engine.Journal;
using Experiments.Preparing;
using Experiments.Reports.Tracking;

namespace Experiments.Recording;

/// <summary>Records a sweep in MLflow from its folder.</summary>
internal static class Publishing
{
    /// <summary>Sends what is missing, and says what came of it.</summary>
    public static async Task<RecordingOutcome> PublishAsync(ExperimentDefinition definition, string sweepId, SweepOptions options, CancellationToken cancellationToken)
    {
        var (sweep, report) = PublishedSweeps.Read(SweepFolder.Of(options.Root, definition.Name, sweepId), definition);
        var datasets = DatasetPreparation.Find(sweep.Definition, sweep.Plan, options.Root);
        await using var store = Tracking.Open(definition);
        var publisher = new MlflowPublisher(store, Tracking.OptionsFor(definition, datasets) with { OnWaiting = options.Notes.WriteLine });
        var outcome = await publisher.PublishAsync(sweep, report, cancellationToken).ConfigureAwait(false);
        if (!ReferenceEquals(sweep.Definition, definition))
            options.Notes.WriteLine($"{definition.File} has changed since sweep {sweep.SweepId}, which is recorded as it began");
        if (outcome.IsComplete)
            options.Notes.WriteLine($"{definition.Name}: published sweep {sweep.SweepId}{(report is null ? ", which has not ended: experiments resume continues it" : "")}");
        Tracking.Print(outcome, options.Notes);
        return outcome;
    }
}
