using Experiments.Analysis.Pairs;
using Experiments.Analysis.Tuning;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Tuning;
using Experiments.Engine;
using Experiments.Engine.Journal;
using Experiments.Engine.Sweeps;
using Experiments.Pairs;
using Experiments.PyTorch.Segments;

namespace Experiments.Tuning;

/// <summary>A tuning: one run in segments, then the winner against the script's own setting in a pair, and both in whole trials.</summary>
/// <param name="target">What is tuned.</param>
/// <param name="request">How.</param>
/// <param name="options">Where it lies and who follows.</param>
internal sealed class TuneSession(TuneTarget target, TuneRequest request, RunOptions options)
{
    /// <summary>The run ends by its instructions, not by its steps.</summary>
    private const int EndlessSteps = int.MaxValue;

    /// <summary>What may pass before the first batch and after the last segment.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMinutes(15);

    private readonly RunOptions _once = options with { Plan = new() };

    /// <summary>Runs it.</summary>
    /// <exception cref="DiagnosticException">It cannot be started; nothing ran.</exception>
    public async Task<TuneRun> RunAsync(CancellationToken cancellationToken)
    {
        var controlFile = Path.Combine(Path.GetTempPath(), $"experiments-{Guid.NewGuid():n}.control");
        try
        {
            using var control = new ControlFile(controlFile);
            using var steering = new SegmentSteering(request, target, control, options.Root);
            var segments = await Experiment.RunAsync(
                target.Segments(new Dictionary<string, string> { [ControlFile.Variable] = controlFile }, EndlessSteps, request.Budget + StartUp),
                _once with { Observers = [.. options.Observers, steering] }, cancellationToken).ConfigureAwait(false);
            return await ConfirmedAsync(new TuneRun { Name = target.Name, Report = steering.Report, Reason = steering.Reason, Segments = segments }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            File.Delete(controlFile);
        }
    }

    private async Task<TuneRun> ConfirmedAsync(TuneRun run, CancellationToken cancellationToken)
    {
        if (run.Report is not { Chosen: { } chosen } report || chosen == report.Own)
            return run;
        if (request.PairBudget > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
        {
            options.Notes.WriteLine($"Confirming by {report.Own} and {chosen} side by side, in turns");
            run = run with { Report = report.With(await PairAsync(report.Own, chosen, cancellationToken).ConfigureAwait(false)) };
        }

        if (request.Confirmations == 0 || cancellationToken.IsCancellationRequested)
            return run;
        options.Notes.WriteLine($"Confirming by {request.Confirmations} whole trials each of {report.Own} and {chosen}");
        var whole = target.Whole([report.Own, chosen], request.Confirmations);
        return run with { Confirmation = await Experiment.RunAsync(whole, _once with { Notes = TextWriter.Null }, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Fresh processes of both settings; null where nothing here can be stopped in turns.</summary>
    private async Task<PairComparison?> PairAsync(LoaderSetting own, LoaderSetting chosen, CancellationToken cancellationToken)
    {
        try
        {
            var (before, after) = (target.Whole([own], repeats: 1), target.Whole([chosen], repeats: 1));
            var id = SweepId.Create(TimeProvider.System, null);
            var around = await PairSurroundings.PrepareAsync(after, _once, cancellationToken).ConfigureAwait(false);
            using var comparer = new PairComparer(before, after, around, SweepFolder.Of(Path.Combine(options.Root, "comparisons"), after.Name, id).Path, id);
            return await comparer.CompareAsync(
                Experiment.Plan(before).Trials[0], Experiment.Plan(after).Trials[0], $"{chosen} instead of {own}", new PairRule(Bound: 0, PairEstimate.Alpha, request.PairBudget), cancellationToken).ConfigureAwait(false);
        }
        catch (DiagnosticException problem) when (problem.Diagnostic.Code == EnvironmentDiagnostics.CannotFreeze.Code)
        {
            options.Notes.WriteLine(problem.Diagnostic.Message);
            return null;
        }
    }
}
