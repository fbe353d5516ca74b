using System.Globalization;
using System.Text.Json;
using Experiments.Analysis.Pairs;
using Experiments.Analysis.Statistics;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Engine.Execution.Pairs;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Preparing;
using Experiments.PyTorch.Running;
using Experiments.Running;

namespace Experiments.Pairs;

/// <summary>Compares two versions of a training, configuration by configuration, in pairs.</summary>
/// <param name="definition">The experiment.</param>
/// <param name="request">What is compared with what.</param>
/// <param name="options">Where it lies.</param>
internal sealed class CompareSession(ExperimentDefinition definition, CompareRequest request, RunOptions options)
{
    private const double UsualBound = 0.05;
    private const int EndlessSteps = int.MaxValue; // a pair ends by what is settled, not by its steps
    private const int MostStarts = 4;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Runs it.</summary>
    /// <exception cref="DiagnosticException">It cannot start; nothing ran.</exception>
    public async Task<CompareRun> RunAsync(CancellationToken cancellationToken)
    {
        var bound = request.Bound ?? definition.Gates.Throughput.MaxRegressionPercent / 100 ?? UsualBound;
        var pairs = Pairs();
        var commit = request.Against is null ? null : OldCode.Resolve(definition, request.Against);
        var old = commit is null ? definition : OldCode.Read(definition, commit, request, options.Root);
        var host = await TrainingHost.ReadyAsync(definition, options.Notes, cancellationToken).ConfigureAwait(false);
        var python = await PythonCheck.RunAsync(definition, cancellationToken).ConfigureAwait(false);
        var trainer = TaskTrainers.Of(host, python).FirstOrDefault(one => one.Runs(definition.Train))
            ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainer.Error($"nothing here runs a {definition.Train.GetType().Name}", definition.PositionOf("train")));
        var datasets = DatasetPreparation.Prepare(definition, Experiment.Plan(definition), options.Root, options.Notes, cancellationToken);
        var id = SweepId.Create(TimeProvider.System, null);
        var folder = SweepFolder.Of(Path.Combine(options.Root, "comparisons"), definition.Name, id).Path;
        if (definition.Train is PyTorchTask { Launcher: { } launcher } && launcher.Contains("--standalone"))
            options.Notes.WriteLine("train.launcher has --standalone, which takes one fixed port before torch 2: where two at once fail, give --rdzv_backend=c10d --rdzv_endpoint=localhost:0 instead");
        using var oldSide = Side(old, "old");
        using var newSide = Side(definition, "new");
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
            var pair = await CompareAsync(new PairExecutor(oldSide, newSide), oldTrial, newTrial, name, bound, cancellationToken).ConfigureAwait(false);
            measured.Add(pair);
            request.Progress(pair);
        }

        report = report with { Pairs = measured };
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, "comparison.json"), stream => JsonSerializer.Serialize(stream, report, ExperimentsJson.Indented.ComparisonReport));
        return new CompareRun(report, folder);

        LocalExecutor Side(ExperimentDefinition code, string name) => new(
            new LocalExecutorOptions
            {
                Definition = code with { Train = code.Train with { Steps = EndlessSteps } },
                Trainer = trainer,
                Explainer = new TrialExplainer(python),
                Folder = SweepFolder.Of(folder, name, $"{id}-{name}"),
                DatasetFolders = datasets,
                UsableCores = MachineReader.Read().Cores,
                MemoryLimitBytes = definition.Limits.Memory is null ? LocalExecutor.MemoryLimitOf(definition.Limits) / 2 : LocalExecutor.MemoryLimitOf(definition.Limits),
                Grace = Grace,
                Force = options.Force,
            },
            SweepId.CreateRun($"{id}-{name}"), options.Notes.WriteLine);
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

    private async Task<PairComparison> CompareAsync(PairExecutor executor, PlannedTrial old, PlannedTrial other, string name, double bound, CancellationToken cancellationToken)
    {
        var rounds = new List<PairRound>();
        var share = request.Budget / (PairEstimate.LeastStarts + 1);
        while (rounds.Count < MostStarts && Seconds(rounds) < request.Budget.TotalSeconds && !cancellationToken.IsCancellationRequested)
        {
            var seed = (definition.Seed * 31) ^ Convert.ToInt32(other.Configuration.Id[..7], 16);
            var order = new PairOrder
            {
                Old = Order(old), New = Order(other), WarmupSteps = definition.Train.WarmupSteps, Seed = seed + rounds.Count,
                StartsFirst = ((seed + rounds.Count) & 1) == 0 ? PairSide.Old : PairSide.New,
            };
            PairRound round;
            try
            {
                round = await executor.RunAsync(order, IsEnough, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
            {
                throw new DiagnosticException(EnvironmentDiagnostics.CannotFreeze.Error(exception.Message.TrimEnd('.')));
            }

            rounds.Add(round);
            if (round.HasFailed || (round.Fault is not null && round.LogRatios().Count == 0) || cancellationToken.IsCancellationRequested)
                break;
            if (Estimate(rounds).Decide(bound) != PairVerdict.Inconclusive)
                break;
        }

        return cancellationToken.IsCancellationRequested
            ? new PairComparison { Configuration = name, Verdict = PairVerdict.NotMeasured, Note = "it was cancelled" }
            : Settled(rounds, name, bound);

        TrialOrder Order(PlannedTrial trial) => new() { Trial = trial with { Repeat = rounds.Count + 1 }, Steps = EndlessSteps };

        bool IsEnough(PairRound soFar)
        {
            List<PairRound> all = [.. rounds, soFar];
            return Seconds([soFar]) >= share.TotalSeconds || Seconds(all) >= request.Budget.TotalSeconds || Estimate(all).Decide(bound) != PairVerdict.Inconclusive;
        }
    }

    private static PairComparison Settled(List<PairRound> rounds, string name, double bound)
    {
        var estimate = Estimate(rounds);
        if (rounds[^1].HasFailed || estimate.Blocks == 0)
            return new PairComparison { Configuration = name, Verdict = PairVerdict.NotMeasured, Note = rounds[^1].Fault ?? "no block had whole steps of both sides" };
        var verdict = estimate.Decide(bound);
        double? cpu = rounds.All(round => round is { OldCpuSeconds: > 0, NewCpuSeconds: > 0 })
            ? RobustLocation.Median(rounds.Select(round => round.NewCpuSeconds!.Value / round.OldCpuSeconds!.Value)) - 1 : null;
        return new PairComparison
        {
            Configuration = name,
            Verdict = verdict,
            OldSamplesPerSecond = Rate(PairSide.Old),
            NewSamplesPerSecond = Rate(PairSide.New),
            Change = Math.Exp(estimate.LogRatio) - 1,
            ChangeLow = Math.Exp(estimate.LogRatio - estimate.HalfWidth) - 1,
            ChangeHigh = Math.Exp(estimate.LogRatio + estimate.HalfWidth) - 1,
            CpuChange = cpu,
            Blocks = estimate.Blocks,
            Starts = estimate.Starts,
            MeasuredSeconds = Seconds(rounds),
            Correlation = estimate.Correlation,
            Freezing = rounds[0].Freezing,
            LogRatios = [.. rounds.Select(round => round.LogRatios())],
            Note = rounds.Select(round => round.Fault).FirstOrDefault(fault => fault is not null)
                ?? (verdict == PairVerdict.Inconclusive ? "more time settles it: --budget" : verdict == PairVerdict.Slower && cpu < 0 ? "the CPU time a sample says otherwise" : null),
        };

        double Rate(PairSide side) => RobustLocation.Median(rounds.SelectMany(round => round.Slices).Where(slice => slice.Side == side && slice.SamplesPerSecond > 0).Select(slice => slice.SamplesPerSecond));
    }

    private static PairEstimate Estimate(IEnumerable<PairRound> rounds) => PairEstimate.Of([.. rounds.Select(round => round.LogRatios())]);

    private static double Seconds(IEnumerable<PairRound> rounds) => rounds.Sum(round => round.Slices.Sum(slice => slice.Seconds));

    private string NewCode()
    {
        var (state, _) = WorkingTree.Read(Path.GetDirectoryName(Path.GetFullPath(definition.File))!, [options.Root, definition.File]);
        return (state.Commit ?? "no commit") + (state.Dirty == true ? $" and changes {state.DiffHash}" : "");
    }
}
