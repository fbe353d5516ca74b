using System.Globalization;
using System.Text.Json;
using Experiments.Analysis.Pairs;
using Experiments.Analysis.Text;
using Experiments.Code;
using Experiments.Comparing;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;

namespace Experiments.Pairs;

/// <summary>Finds the commit that made a training slower: each is measured in a pair with the good one, and the one that is found in a pair with its parent.</summary>
/// <param name="definition">The experiment.</param>
/// <param name="request">Between which commits.</param>
/// <param name="options">Where it lies, and which configuration.</param>
internal sealed class BisectSession(ExperimentDefinition definition, BisectRequest request, RunOptions options)
{
    private const double UsualBound = 0.05;
    private readonly Dictionary<string, ExperimentDefinition> _codes = new(StringComparer.Ordinal);
    private double _spent;

    /// <summary>Runs it, from where an earlier search between the same commits ended.</summary>
    /// <exception cref="DiagnosticException">It cannot start; nothing ran.</exception>
    public async Task<BisectRun> RunAsync(CancellationToken cancellationToken)
    {
        var bound = request.Bound ?? definition.Gates.Throughput.MaxRegressionPercent / 100 ?? UsualBound;
        var (good, bad) = (OldCode.Resolve(definition, request.Good, options.Root), OldCode.Resolve(definition, request.Bad, options.Root));
        var trial = Trial();
        var folder = Path.Combine(options.Root, "bisections", definition.Name, $"{CommitName.Short(good)}-{CommitName.Short(bad)}-{trial.Configuration.Id[..7]}");
        var report = Earlier(folder) ?? new BisectionReport
        {
            Experiment = definition.Name, Configuration = trial.Configuration.Name, Good = good, Bad = bad, Commits = OldCode.Between(definition, good, bad),
        };
        report = report with { Verdict = BisectionVerdict.Inconclusive, Note = null };
        _codes[good] = Code(good);
        var around = await PairSurroundings.PrepareAsync(definition, options, cancellationToken).ConfigureAwait(false);

        if (report.Effect is not { Blocks: > 0 })
            Keep(report with { Effect = await PairAsync(good, bad, bound).ConfigureAwait(false) });
        if (report.Effect!.Verdict != PairVerdict.Slower)
            return Ended(report.Effect.Verdict switch
            {
                PairVerdict.NotSlower => BisectionVerdict.NotSlower,
                PairVerdict.NotMeasured => BisectionVerdict.NotMeasured,
                _ => BisectionVerdict.Inconclusive,
            }, report.Effect.Note);

        var search = new Bisection(report.Effect, report.Commits);
        Keep(report with { Commits = WithChances(report.Commits) });
        while (search.Next() is { } next && IsTimeLeft())
        {
            var probe = await PairAsync(good, report.Commits[next].Commit, Bisection.Halfway(report.Effect)).ConfigureAwait(false);
            if (cancellationToken.IsCancellationRequested)
                break;
            var commits = report.Commits.ToArray();
            commits[next] = commits[next] with { Probes = [.. commits[next].Probes, probe] };
            search = new Bisection(report.Effect, commits);
            Keep(report with { Commits = WithChances(commits) });
        }

        if (!search.IsCertain)
            return Ended(BisectionVerdict.Inconclusive, cancellationToken.IsCancellationRequested ? "it was cancelled; the same command continues"
                : search.Next() is null ? "the commits that are left cannot be told apart by what can be measured" : "the time is spent: the same command continues");
        var parent = search.Likeliest == 0 ? good : report.Commits[search.Likeliest - 1].Commit;
        if (report.Confirmation is not { Blocks: > 0 })
            Keep(report with { Confirmation = await PairAsync(parent, report.Commits[search.Likeliest].Commit, Bisection.Halfway(report.Effect)).ConfigureAwait(false) });
        return report.Confirmation!.Verdict switch
        {
            PairVerdict.Slower => Ended(BisectionVerdict.Found, null),
            PairVerdict.NotSlower => Ended(BisectionVerdict.Inconclusive, "the commit is not slower than its parent: several commits may have their part in it"),
            _ => Ended(BisectionVerdict.Inconclusive, $"the commit is not confirmed by a pair with its parent: {report.Confirmation.Note}"),
        };

        IReadOnlyList<BisectedCommit> WithChances(IReadOnlyList<BisectedCommit> commits) =>
            [.. commits.Zip(search.Probabilities, (commit, chance) => commit with { Probability = Math.Round(chance, 4) })];

        async Task<PairComparison> PairAsync(string old, string other, double slowdown)
        {
            var pair = await MeasureAsync(around, folder, trial, (old, other), slowdown, cancellationToken).ConfigureAwait(false);
            _spent += pair.MeasuredSeconds;
            return pair with { Old = old };
        }

        void Keep(BisectionReport now)
        {
            report = now;
            if (cancellationToken.IsCancellationRequested)
                return; // half a pair is none
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, "bisection.json"), stream => JsonSerializer.Serialize(stream, report, ExperimentsJson.Indented.BisectionReport));
            request.Progress(report);
        }

        BisectRun Ended(BisectionVerdict verdict, string? note)
        {
            Keep(report with { Verdict = verdict, Note = note });
            return new BisectRun(report, folder);
        }
    }

    private bool IsTimeLeft() => _spent < request.Budget.TotalSeconds;

    private async Task<PairComparison> MeasureAsync(
        PairSurroundings around, string folder, PlannedTrial trial, (string Old, string New) commits, double slowdown, CancellationToken cancellationToken)
    {
        var name = trial.Configuration.Name;
        try
        {
            var id = SweepId.Create(TimeProvider.System, null);
            using var comparer = new PairComparer(Code(commits.Old), Code(commits.New), around, Path.Combine(folder, $"{CommitName.Short(commits.New)}-{id}"), id);
            return await comparer.CompareAsync(trial, trial, name, new PairRule(slowdown, PairEstimate.Alpha, request.PairBudget), cancellationToken).ConfigureAwait(false);
        }
        catch (DiagnosticException problem) when (problem.Diagnostic.Code != EnvironmentDiagnostics.CannotFreeze.Code)
        {
            return new PairComparison { Configuration = name, Verdict = PairVerdict.NotMeasured, Note = $"{problem.Diagnostic.Code}: {problem.Diagnostic.Message}" };
        }
    }

    private ExperimentDefinition Code(string commit) => _codes.TryGetValue(commit, out var code) ? code
        : _codes[commit] = OldCode.Read(definition, commit, request.Setup ?? definition.Train.Setup, [.. request.Share, .. definition.Train.Share ?? []], options.Root);

    /// <summary>The one configuration that is meant; of several the one that became slowest in the latest sweep, by its gate.</summary>
    private PlannedTrial Trial()
    {
        var trials = Experiment.Plan(definition, options.Plan with { Repeats = 1 }).Trials;
        return trials.Count == 1 ? trials[0] : Slowest(trials) ?? throw new DiagnosticException(DefinitionDiagnostics.InvalidFilter.Error(string.Create(CultureInfo.InvariantCulture,
            $"one configuration is bisected, and {trials.Count} are meant, such as {trials[0].Configuration.Name} and {trials[^1].Configuration.Name}; choose the one that became slower: --filter {trials[0].Configuration.Name.Replace(" ", " --filter ", StringComparison.Ordinal)}")));
    }

    private PlannedTrial? Slowest(IReadOnlyList<PlannedTrial> trials)
    {
        if (!SweepFolder.All(options.Root, definition.Name).Any(sweep => sweep.HasResults))
            return null;
        var regressed = LatestSweep.Of(options.Root, definition).Report.Assessment.Configurations
            .Where(one => one.Verdict == VerdictKind.Regressed && one.Throughput is not null).OrderBy(one => one.Throughput!.ChangePercent).Select(one => one.Configuration.Id);
        return regressed.Select(id => trials.FirstOrDefault(trial => trial.Configuration.Id == id)).FirstOrDefault(trial => trial is not null);
    }

    /// <summary>What an earlier search between the same commits measured; one that cannot be read is measured again.</summary>
    private static BisectionReport? Earlier(string folder)
    {
        try
        {
            using var stream = File.OpenRead(Path.Combine(folder, "bisection.json"));
            return JsonSerializer.Deserialize(stream, ExperimentsJson.Indented.BisectionReport);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }
}
