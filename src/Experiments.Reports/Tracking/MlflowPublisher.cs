using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;

namespace Experiments.Reports.Tracking;

/// <summary>Records a finished sweep from its folder. What is there already stays as it is, so it may be repeated.</summary>
/// <param name="store">The store.</param>
/// <param name="options">What runs say beyond the sweep itself; null: the defaults.</param>
public sealed class MlflowPublisher(IMlflowStore store, MlflowObserverOptions? options = null)
{
    private const int EventsAtOnce = 1000;

    /// <summary>Records parent, nested runs, curves, artifacts and verdicts.</summary>
    /// <param name="sweep">The sweep as it started; its folder holds the trials' events and logs.</param>
    /// <param name="report">Measurements and judgement.</param>
    /// <param name="cancellationToken">Cancels the publication; it can be repeated.</param>
    /// <exception cref="MlflowException">The store refused or is out of reach.</exception>
    /// <exception cref="IOException">A file of the sweep's folder cannot be read.</exception>
    public async Task PublishAsync(SweepStart sweep, SweepReport report, CancellationToken cancellationToken = default)
    {
        var runs = new SweepRuns(store, sweep with { Done = report.Sweep.Trials }, options ?? new MlflowObserverOptions());
        await runs.StartAsync(cancellationToken);
        foreach (var result in report.Sweep.Trials.Where(result => result.Status != TrialStatus.Cancelled))
        {
            await runs.StartTrialAsync(new PlannedTrial(result.Configuration, result.Repeat, result.Purpose), result.StartedAt, cancellationToken);
            var events = Path.Combine(sweep.Folder, "trials", result.TrialId, "events.jsonl");
            if (File.Exists(events))
                foreach (var chunk in Read(await File.ReadAllBytesAsync(events, cancellationToken)).Chunk(EventsAtOnce))
                    await runs.LogAsync(result.TrialId, chunk, cancellationToken);
            await runs.FinishTrialAsync(result, cancellationToken);
        }

        await runs.FinishAsync(report, cancellationToken);
    }

    private static IEnumerable<TrialEvent> Read(byte[] content)
    {
        for (var start = 0; start < content.Length;)
        {
            var length = content.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? content.Length : start + length;
            if (TrialEventJson.Read(content.AsSpan(start, end - start).TrimEnd((byte)'\r')) is { } value)
                yield return value;
            start = end + 1;
        }
    }
}
