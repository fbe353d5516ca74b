using System.Globalization;
using System.Runtime.CompilerServices;
using Experiments.Analysis.Text;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Queries;

namespace Experiments.Reports.Tracking;

/// <summary>Reads back from MLflow what earlier sweeps measured.</summary>
public static class RecordedSweeps
{
    private static readonly string[] Passing = [VerdictWords.Of(VerdictKind.Pass), VerdictWords.Of(VerdictKind.EnvironmentChanged)];

    /// <summary>The sweeps of a definition on one machine, the latest first, read as far as they are asked for.</summary>
    /// <param name="store">The store.</param>
    /// <param name="definition">The definition; configurations that its matrix does not have any more are left out.</param>
    /// <param name="machineIds">The machine, by every id that it bears or bore.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MlflowException">The store does not answer, or refuses.</exception>
    public static async IAsyncEnumerable<PastSweep> ReadAsync(
        IMlflowStore store, ExperimentDefinition definition, IReadOnlySet<string> machineIds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await store.FindExperimentAsync(definition.Mlflow.Experiment ?? definition.Name, cancellationToken) is not { } experiment)
            yield break;
        var configurations = MatrixExpansion.Expand(definition.Matrix).ToArray();
        var parents = new RunQuery
        {
            ExperimentIds = [experiment.Id],
            Filter = $"metrics.`{RunFields.TrialsPlanned}` > 0",
            OrderBy = ["attributes.start_time DESC"],
            MaxResults = 100,
        };
        await foreach (var parent in store.SearchAllRunsAsync(parents, cancellationToken))
        {
            if (Tag(parent, TrackingTags.Machine) is not { } machineId || !machineIds.Contains(machineId))
                continue;
            var children = new RunQuery { ExperimentIds = [experiment.Id], Filter = $"tags.`{MlflowTags.ParentRunId}` = '{parent.Id}'" };
            var finished = await store.SearchAllRunsAsync(children, cancellationToken).Where(trial => trial.Status == RunStatus.Finished).ToArrayAsync(cancellationToken);
            var trials = finished.ToLookup(trial => Tag(trial, TrackingTags.ConfigurationId), StringComparer.Ordinal);
            var measured = configurations.Where(one => trials.Contains(one.Id)).ToArray();
            if (measured.Length > 0 && Tag(parent, TrackingTags.SweepId) is { } sweepId)
                yield return new PastSweep
                {
                    SweepId = sweepId,
                    StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(parent.StartTimeMs),
                    Commit = Tag(parent, MlflowTags.GitCommit),
                    MachineId = machineId,
                    Passed = Tag(parent, TrackingTags.Verdict) is { } verdict && Passing.Contains(verdict),
                    Configurations = [.. measured.Select(one => new BaselineConfiguration { Configuration = one, Metrics = Repeats(trials[one.Id], definition.Gates.Metrics) })],
                };
        }
    }

    /// <summary>Every metric by its key in MLflow; one that a gate asks for by its own name too.</summary>
    private static Dictionary<string, IReadOnlyList<double>> Repeats(IEnumerable<MlflowRun> trials, IReadOnlyList<MetricBounds> gated)
    {
        var repeats = Repeats(trials);
        foreach (var name in gated.Select(bounds => bounds.Metric).Where(name => !repeats.ContainsKey(name)))
        {
            if (repeats.TryGetValue(MetricOrder.KeyOf(name), out var values))
                repeats[name] = values;
        }

        return repeats;
    }

    private static Dictionary<string, IReadOnlyList<double>> Repeats(IEnumerable<MlflowRun> trials) => trials
        .OrderBy(trial => int.TryParse(trial.Params.FirstOrDefault(param => param.Key == "repeat")?.Value, CultureInfo.InvariantCulture, out var repeat) ? repeat : 0)
        .SelectMany(trial => trial.LatestMetrics)
        .Where(metric => double.IsFinite(metric.Value))
        .GroupBy(metric => metric.Key, metric => metric.Value)
        .ToDictionary(metric => metric.Key, metric => (IReadOnlyList<double>)[.. metric], StringComparer.Ordinal);

    private static string? Tag(MlflowRun run, string key) => run.Tags.FirstOrDefault(tag => tag.Key == key)?.Value;
}
