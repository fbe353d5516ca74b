using Experiments.PyTorch.Segments;

namespace Experiments.Tuning;

/// <summary>A tuning: one run in segments, then the winner against the script's own setting in whole trials.</summary>
/// <param name="target">What is tuned.</param>
/// <param name="request">How.</param>
/// <param name="options">Where it lies and who follows.</param>
internal sealed class TuneSession(TuneTarget target, TuneRequest request, RunOptions options)
{
    /// <summary>The run ends by its instructions, not by its steps.</summary>
    private const int EndlessSteps = int.MaxValue;

    /// <summary>What may pass before the first batch and after the last segment.</summary>
    private static readonly TimeSpan StartUp = TimeSpan.FromMinutes(15);

    /// <summary>Runs it.</summary>
    /// <exception cref="Engine.DiagnosticException">It cannot be started; nothing ran.</exception>
    public async Task<TuneRun> RunAsync(CancellationToken cancellationToken)
    {
        var controlFile = Path.Combine(Path.GetTempPath(), $"experiments-{Guid.NewGuid():n}.control");
        var once = options with { Plan = new() };
        try
        {
            using var control = new ControlFile(controlFile);
            using var steering = new SegmentSteering(request, target, control, options.Root);
            var segments = await Experiment.RunAsync(
                target.Segments(new Dictionary<string, string> { [ControlFile.Variable] = controlFile }, EndlessSteps, request.Budget + StartUp),
                once with { Observers = [.. options.Observers, steering] }, cancellationToken).ConfigureAwait(false);
            var run = new TuneRun { Name = target.Name, Report = steering.Report, Reason = steering.Reason, Segments = segments };
            if (run.Report is not { Chosen: { } chosen } report || chosen == report.Own || request.Confirmations == 0 || cancellationToken.IsCancellationRequested)
                return run;
            options.Notes.WriteLine($"Confirming by {request.Confirmations} whole trials each of {report.Own} and {chosen}");
            var confirmation = target.Whole([report.Own, chosen], request.Confirmations);
            return run with { Confirmation = await Experiment.RunAsync(confirmation, once with { Notes = TextWriter.Null }, cancellationToken).ConfigureAwait(false) };
        }
        finally
        {
            File.Delete(controlFile);
        }
    }
}
