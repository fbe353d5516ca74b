using Experiments.Code;
using System.Globalization;
using System.Text.Json;
using Experiments.Analysis.Pairs;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;

namespace Experiments.Pairs;

/// <summary>Compares two versions of a training, configuration by configuration, in pairs.</summary>
/// <param name="definition">The experiment.</param>
/// <param name="request">What is compared with what.</param>
/// <param name="options">Where it lies.</param>
internal sealed class CompareSession(ExperimentDefinition definition, CompareRequest request, RunOptions options)
{
    private const double UsualBound = 0.05;

    /// <summary>Runs it.</summary>
    /// <exception cref="DiagnosticException">It cannot start; nothing ran.</exception>
    public async Task<CompareRun> RunAsync(CancellationToken cancellationToken)
    {
        var bound = request.Bound ?? definition.Gates.Throughput.MaxRegressionPercent / 100 ?? UsualBound;
        var pairs = Pairs();
        var commit = request.Against is null ? null : OldCode.Resolve(definition, request.Against, options.Root);
        var old = commit is null ? definition : OldCode.Read(definition, commit, request.Setup ?? definition.Train.Setup, [.. request.Share, .. definition.Train.Share ?? []], options.Root);
        var around = await PairSurroundings.PrepareAsync(definition, options, cancellationToken).ConfigureAwait(false);
        var id = SweepId.Create(TimeProvider.System, null);
        var folder = SweepFolder.Of(Path.Combine(options.Root, "comparisons"), definition.Name, id).Path;
        using var comparer = new PairComparer(old, definition, around, folder, id);
        var rule = new PairRule(bound, PairEstimate.Alpha / pairs.Count, request.Budget);
        var report = new ComparisonReport
        {
            Experiment = definition.Name,
            Old = request.Configuration ?? commit ?? "the same code",
            New = request.With ?? NewCode(),
            Bound = bound,
            Pairs = [],
        };
        var measured = new List<PairComparison>();
        foreach (var (oldTrial, newTrial, name) in pairs)
        {
            var pair = await comparer.CompareAsync(oldTrial, newTrial, name, rule, cancellationToken).ConfigureAwait(false);
            measured.Add(pair);
            request.Progress(pair);
        }

        report = report with { Pairs = measured };
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, "comparison.json"), stream => JsonSerializer.Serialize(stream, report, ExperimentsJson.Indented.ComparisonReport));
        return new CompareRun(report, folder);
    }

    /// <summary>The two trials of each pair and what it is called.</summary>
    private List<(PlannedTrial Old, PlannedTrial New, string Name)> Pairs()
    {
        if (request.Configuration is { } from && request.With is { } to)
            return [(Chosen(from), Chosen(to), $"{to} instead of {from}")];
        return [.. Experiment.Plan(definition, options.Plan with { Repeats = 1 }).Trials.Select(trial => (trial, trial, trial.Configuration.Name))];

        PlannedTrial Chosen(string filters)
        {
            var plan = Experiment.Plan(definition, options.Plan with { Repeats = 1, Filters = [.. options.Plan.Filters, .. filters.Split(' ', StringSplitOptions.RemoveEmptyEntries)] });
            return plan.Trials.Count == 1 ? plan.Trials[0] : throw new DiagnosticException(DefinitionDiagnostics.InvalidFilter.Error(
                string.Create(CultureInfo.InvariantCulture, $"'{filters}' means {plan.Trials.Count} configurations, such as {plan.Trials[0].Configuration.Name} and {plan.Trials[^1].Configuration.Name}")));
        }
    }

    private string NewCode()
    {
        var (state, _) = WorkingTree.Read(Path.GetDirectoryName(Path.GetFullPath(definition.File))!, [options.Root, definition.File]);
        return (state.Commit ?? "no commit") + (state.Dirty == true ? $" and changes {state.DiffHash}" : "");
    }
}
