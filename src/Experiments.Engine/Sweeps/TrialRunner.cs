using System.Diagnostics;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Measurements;
using Experiments.Engine.Processes;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Sweeps;

/// <summary>Runs one trial after the other: starts, samples, follows, judges.</summary>
/// <param name="around">What all trials share.</param>
internal sealed class TrialRunner(TrialSurroundings around)
{
    private readonly ProcessSupervisor _supervisor = new(around.Launcher);

    /// <summary>Runs a trial to its end. Whatever goes wrong with the trial is in the result.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="forecast">The peak memory foreseen for it, or null.</param>
    /// <param name="cancellationToken">Asks the trial to end.</param>
    internal async Task<TrialResult> RunAsync(PlannedTrial trial, MemoryForecast? forecast, CancellationToken cancellationToken)
    {
        var late = around.Request.LateVariables is { } ask ? await ask(trial, cancellationToken).ConfigureAwait(false) : new Dictionary<string, string>();
        var startedAt = around.Request.Time.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var folder = around.Folder.Trial(trial.Id);
        try
        {
            folder.Create();
            var result = await RunAsync(trial, folder, (startedAt, late), cancellationToken).ConfigureAwait(false);
            return Written(forecast is null ? result : WithForecast(result, forecast), folder);
        }
        catch (DiagnosticException exception)
        {
            return Failed(exception.Diagnostic);
        }
        catch (LaunchException exception)
        {
            var position = around.Request.Definition.PositionOf("train");
            return Failed(TrialDiagnostics.NotStarted.Error(exception.Message, position));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(EnvironmentDiagnostics.CannotWrite.Error($"the trial's folder '{folder.Path}': {exception.Message}"));
        }

        TrialResult Failed(Diagnostic diagnostic) => new()
        {
            TrialId = trial.Id,
            Configuration = trial.Configuration,
            Repeat = trial.Repeat,
            Purpose = trial.Purpose,
            Status = TrialStatus.Failed,
            StartedAt = startedAt,
            DurationSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Metrics = new Dictionary<string, double>(),
            Diagnostics = [diagnostic],
        };
    }

    /// <summary>The result of a trial that is not run, for it is foreseen to blow up.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="forecast">The forecast.</param>
    internal TrialResult Foreseen(PlannedTrial trial, MemoryForecast forecast) => WithForecast(
        new TrialResult
        {
            TrialId = trial.Id,
            Configuration = trial.Configuration,
            Repeat = trial.Repeat,
            Purpose = trial.Purpose,
            Status = TrialStatus.Foreseen,
            StartedAt = around.Request.Time.GetUtcNow(),
            DurationSeconds = 0,
            Metrics = new Dictionary<string, double>(),
            Diagnostics = [TrialDiagnostics.Foreseen.Error($"not run, {forecast.Evidence}", around.Request.Definition.PositionOf("limits.memory"))],
        },
        forecast);

    private static TrialResult WithForecast(TrialResult result, MemoryForecast forecast) => result with
    {
        Forecast = forecast,
        Metrics = new Dictionary<string, double>(result.Metrics, StringComparer.Ordinal) { [MetricKeys.MemoryForeseenPeakMegabytes] = forecast.PeakBytes / (1024 * 1024) },
    };

    /// <summary>Writes the trial's files. A disk that refuses them takes nothing from the result.</summary>
    private static TrialResult Written(TrialResult result, TrialFolder folder)
    {
        try
        {
            AtomicFile.Write(folder.Result, stream => JsonSerializer.Serialize(stream, result, ExperimentsJson.Indented.TrialResult));
            return result;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return result with { Diagnostics = [.. result.Diagnostics, EnvironmentDiagnostics.CannotWrite.Warning($"'{folder.Result}': {exception.Message}")] };
        }
    }

    private async Task<TrialResult> RunAsync(
        PlannedTrial trial, TrialFolder folder, (DateTimeOffset At, IReadOnlyDictionary<string, string> Variables) start, CancellationToken cancellationToken)
    {
        var definition = around.Request.Definition;
        var launch = TrialLaunch.Prepare(around, trial, folder, start.Variables);
        await File.WriteAllTextAsync(folder.Script, launch.Script, CancellationToken.None).ConfigureAwait(false);
        using var group = around.Groups.TryCreate($"experiments-{around.RunId}-{trial.Id}", around.MemoryLimitBytes);
        around.Watchdog?.Guard(group);
        var measurement = new StepMeasurement(definition.Train.WarmupSteps);
        var stall = new StallWatch(definition.Limits.StallTimeout, launch.Command.OutputMetrics.Count > 0 ? folder.StandardOutput : null, around.Request.Time);
        var tail = new EventTail(around, folder.Events, trial, measurement, stall);
        using var telemetry = new TrialTelemetry(around, group, folder.Telemetry, launch.Request.Environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES"));
        SupervisedExit exit;
        try
        {
            exit = await _supervisor.RunAsync(
                launch.Request with { ControlGroupFiles = group?.ProcessFiles ?? [] }, Supervision(folder, group, telemetry) with { Stalled = stall.Stalled }, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await tail.DisposeAsync().ConfigureAwait(false);
        }

        var outcome = telemetry.Outcome;
        var metrics = measurement.Metrics();
        foreach (var (name, value) in OutputMetrics.Read(folder.StandardOutput, launch.Command.OutputMetrics))
            metrics.TryAdd(name, value);
        TelemetryMetrics.Add(metrics, outcome, exit);
        TelemetryMetrics.Add(metrics, MemoryGrowth.Of(measurement.Measured, outcome.Series));
        var (status, diagnostics) = TrialJudgement.Of(new TrialEnd
        {
            Definition = definition,
            Exit = exit,
            Telemetry = outcome,
            MemoryLimitBytes = around.MemoryLimitBytes,
            Steps = measurement.Steps,
            IsMeasured = metrics.ContainsKey(MetricKeys.SamplesPerSecond),
            LastWords = OutputTail.Read(folder.StandardError) is { Length: > 0 } words ? words : OutputTail.Read(folder.StandardOutput),
            CommandLine = launch.CommandLine,
        });
        return new TrialResult
        {
            TrialId = trial.Id,
            Configuration = trial.Configuration,
            Repeat = trial.Repeat,
            Purpose = trial.Purpose,
            Status = status,
            ExitCode = exit.Exit.ExitCode,
            Signal = exit.Exit.Signal,
            StartedAt = start.At,
            DurationSeconds = exit.Duration.TotalSeconds,
            Metrics = metrics,
            Telemetry = outcome.Summary with { Processes = outcome.Processes.AtPeak(series => MemoryGrowth.BytesPerStep(measurement.Measured, series), measurement.Roles) },
            Diagnostics = Explained(diagnostics, launch, new EndedTrial
            {
                Definition = definition,
                Trial = trial,
                Command = launch.Command,
                Folder = folder,
                Status = status,
                ExitCode = exit.Exit.ExitCode,
                Signal = exit.Exit.Signal,
                StalledFor = exit.Cause == EndCause.Stalled ? stall.Quiet : null,
                EndedAt = start.At + exit.Duration,
                SharedMemoryFreeBytes = outcome.SharedMemoryFreeBytes,
                OutOfMemoryKills = group?.OutOfMemoryKills() ?? 0,
                UsableCores = around.UsableCores,
            }),
        };
    }

    private IReadOnlyList<Diagnostic> Explained(IReadOnlyList<Diagnostic> judged, TrialLaunch launch, EndedTrial trial)
    {
        if (around.Request.Explainer is not { } explainer || trial.Status == TrialStatus.Cancelled)
            return judged;
        try
        {
            return TrialExplanation.Merge(judged, explainer.Explain(trial), trial, launch.CommandLine);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return judged; // how it ended is known still
        }
    }

    private Supervision Supervision(TrialFolder folder, IControlGroup? group, TrialTelemetry telemetry) => new()
    {
        Mark = $"{TrialEnvironment.Events}={folder.Events}",
        Timeout = around.Request.Definition.Limits.Timeout,
        Grace = around.Request.Grace,
        Force = around.Request.Force,
        Group = group,
        MemoryLimitPassed = telemetry.LimitPassed,
        Started = telemetry.Start,
        Ended = telemetry.Stop,
    };
}
