using Experiments.Analysis.Pairs;
using Experiments.Analysis.Statistics;
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

namespace Experiments.Pairs;

/// <summary>Measures pairs of two versions of the code, each until it is settled.</summary>
internal sealed class PairComparer : IDisposable
{
    private const int EndlessSteps = int.MaxValue; // a pair ends by what is settled, not by its steps
    private const int MostStarts = 4;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly ExperimentDefinition _definition;
    private readonly LocalExecutor _old;
    private readonly LocalExecutor _new;
    private readonly PairExecutor _executor;

    /// <summary>Makes both sides ready.</summary>
    /// <param name="old">The definition over the old code.</param>
    /// <param name="definition">The definition over the new code.</param>
    /// <param name="around">What both need.</param>
    /// <param name="folder">The folder of both sides' trials.</param>
    /// <param name="id">The id of the sweep or comparison, by which leftovers are found.</param>
    public PairComparer(ExperimentDefinition old, ExperimentDefinition definition, PairSurroundings around, string folder, string id)
    {
        if (definition.Train is PyTorchTask { Launcher: { } launcher } && launcher.Contains("--standalone"))
            around.Options.Notes.WriteLine("train.launcher has --standalone, which takes one fixed port before torch 2: where two at once fail, give --rdzv_backend=c10d --rdzv_endpoint=localhost:0 instead");
        _definition = definition;
        _old = Side(old, "old");
        _new = Side(definition, "new");
        _executor = new PairExecutor(_old, _new);

        LocalExecutor Side(ExperimentDefinition code, string name) => new(
            new LocalExecutorOptions
            {
                Definition = code with { Train = code.Train with { Steps = EndlessSteps } },
                Trainer = around.Trainer,
                Explainer = around.Explainer,
                Folder = SweepFolder.Of(folder, name, $"{id}-{name}"),
                DatasetFolders = around.Datasets,
                UsableCores = MachineReader.Read().Cores,
                MemoryLimitBytes = definition.Limits.Memory is null ? LocalExecutor.MemoryLimitOf(definition.Limits) / 2 : LocalExecutor.MemoryLimitOf(definition.Limits),
                Grace = Grace,
                Force = around.Options.Force,
            },
            SweepId.CreateRun($"{id}-{name}"), around.Options.Notes.WriteLine);
    }

    /// <summary>Measures one pair.</summary>
    /// <param name="old">The configuration of the old side.</param>
    /// <param name="other">The configuration of the new side.</param>
    /// <param name="name">What the pair is called.</param>
    /// <param name="rule">When it is settled.</param>
    /// <param name="cancellationToken">Asks both sides to end.</param>
    /// <exception cref="DiagnosticException">EXP5041: nothing here can be stopped in turns.</exception>
    public async Task<PairComparison> CompareAsync(PlannedTrial old, PlannedTrial other, string name, PairRule rule, CancellationToken cancellationToken)
    {
        var rounds = new List<PairRound>();
        var share = rule.Budget / (PairEstimate.LeastStarts + 1);
        while (rounds.Count < MostStarts && Seconds(rounds) < rule.Budget.TotalSeconds && !cancellationToken.IsCancellationRequested)
        {
            var seed = (_definition.Seed * 31) ^ Convert.ToInt32(other.Configuration.Id[..7], 16);
            var order = new PairOrder
            {
                Old = Order(old), New = Order(other), WarmupSteps = _definition.Train.WarmupSteps, Seed = seed + rounds.Count,
                StartsFirst = ((seed + rounds.Count) & 1) == 0 ? PairSide.Old : PairSide.New,
            };
            PairRound round;
            try
            {
                round = await _executor.RunAsync(order, IsEnough, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
            {
                throw new DiagnosticException(EnvironmentDiagnostics.CannotFreeze.Error(exception.Message.TrimEnd('.')));
            }

            rounds.Add(round);
            if (round.HasFailed || (round.Fault is not null && round.LogRatios().Count == 0) || cancellationToken.IsCancellationRequested)
                break;
            if (Verdict(rounds) != PairVerdict.Inconclusive)
                break;
        }

        return cancellationToken.IsCancellationRequested
            ? new PairComparison { Configuration = name, Verdict = PairVerdict.NotMeasured, Note = "it was cancelled" }
            : Settled(rounds, name, rule);

        TrialOrder Order(PlannedTrial trial) => new() { Trial = trial with { Repeat = rounds.Count + 1 }, Steps = EndlessSteps };

        PairVerdict Verdict(IEnumerable<PairRound> all) => Estimate(all, rule).Decide(rule.Bound);

        bool IsEnough(PairRound soFar)
        {
            List<PairRound> all = [.. rounds, soFar];
            return Seconds([soFar]) >= share.TotalSeconds || Seconds(all) >= rule.Budget.TotalSeconds || Verdict(all) != PairVerdict.Inconclusive;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
    }

    private static PairComparison Settled(List<PairRound> rounds, string name, PairRule rule)
    {
        var estimate = Estimate(rounds, rule);
        if (rounds[^1].HasFailed || estimate.Blocks == 0)
            return new PairComparison { Configuration = name, Verdict = PairVerdict.NotMeasured, Note = rounds[^1].Fault ?? "no block had whole steps of both sides" };
        var verdict = estimate.Decide(rule.Bound);
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

    private static PairEstimate Estimate(IEnumerable<PairRound> rounds, PairRule rule) => PairEstimate.Of([.. rounds.Select(round => round.LogRatios())], rule.Alpha);

    private static double Seconds(IEnumerable<PairRound> rounds) => rounds.Sum(round => round.Slices.Sum(slice => slice.Seconds));
}
