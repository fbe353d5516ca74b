using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Sweeps;

/// <summary>Runs sweeps: every trial of a plan, one after the other, each journalled before the next starts, and what the measurements ask for besides.</summary>
public sealed class SweepRunner
{
    private readonly IProcessLauncher _launcher = ProcessLauncher.Default;

    /// <summary>
    /// Runs or continues a sweep. Cancellation asks the running trial to end, leaves it out of the result and returns what is done;
    /// the sweep can be resumed.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="observers">Who follows.</param>
    /// <param name="cancellationToken">Cancels the sweep.</param>
    /// <returns>The trials that ended.</returns>
    /// <exception cref="DiagnosticException">The sweep cannot start or be resumed; nothing ran.</exception>
    public async Task<SweepResult> RunAsync(SweepRequest request, ObserverPipeline observers, CancellationToken cancellationToken)
    {
        var trainer = request.Trainers.FirstOrDefault(trainer => trainer.Runs(request.Definition.Train))
            ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainer.Error(
                $"nothing here runs a {request.Definition.Train.GetType().Name}", request.Definition.PositionOf("train")));
        using var opened = OpenedSweep.Open(request);
        if (request.ResumeId is not null)
            LeftoverProcesses.End(opened.Folder.SweepId, ControlGroupLayout.Read());
        var groups = request.Memory == MemoryMethod.Proc
            ? ControlGroupSource.None("the request asks for /proc")
            : ControlGroupSource.Find(ControlGroupLayout.Read(), _launcher);
        using var gpus = GpuReaders.TryOpen(Nvml.UsualNames, "nvidia-smi", out var noGpuReason);
        var runId = SweepId.CreateRun(opened.Folder.SweepId);
        using var watchdog = Watchdog.Start(_launcher, $"{TrialEnvironment.RunId}={runId}");
        var runner = new TrialRunner(new TrialSurroundings
        {
            Request = request,
            Folder = opened.Folder,
            Trainer = trainer,
            Launcher = _launcher,
            Groups = groups,
            Gpus = gpus,
            NoGpuReason = noGpuReason.Length > 0 ? noGpuReason : null,
            Watchdog = watchdog,
            Observers = observers,
            RunId = runId,
            Inherited = new Dictionary<string, string>(ProcessEnvironment.Read(), StringComparer.Ordinal) { [TrialEnvironment.RunId] = runId },
            UsableCores = opened.Manifest.Machine.Cores,
            MemoryLimitBytes = opened.Manifest.MemoryLimitBytes,
        });
        observers.SweepStarted(opened.Start(request.Definition));
        await RunTrialsAsync(opened, runner, observers, cancellationToken).ConfigureAwait(false);
        // Asked before the cancellation is heeded: what is still to be run of a cancelled sweep is in its plan.
        while (opened.Remaining.Count == 0 && request.MoreTrials?.Invoke(opened.Result(request, [])) is { Count: > 0 } more)
        {
            opened.Extend(more);
            await RunTrialsAsync(opened, runner, observers, cancellationToken).ConfigureAwait(false);
        }

        opened.WriteWaiting();
        await observers.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        return opened.Result(request, observers.Failures);
    }

    private static async Task RunTrialsAsync(
        OpenedSweep opened, TrialRunner runner, ObserverPipeline observers, CancellationToken cancellationToken)
    {
        foreach (var trial in opened.Remaining)
        {
            if (cancellationToken.IsCancellationRequested)
                return;
            var forecast = opened.Foresee(trial);
            var result = forecast is { IsBlowUp: true } && !opened.RunsForeseen ? runner.Foreseen(trial, forecast) : await StartAsync(trial, forecast).ConfigureAwait(false);
            if (result.Status != TrialStatus.Cancelled)
                opened.Add(result);
            observers.TrialFinished(result);
        }

        Task<TrialResult> StartAsync(PlannedTrial trial, MemoryForecast? forecast)
        {
            observers.TrialStarted(trial);
            return runner.RunAsync(trial, forecast, cancellationToken);
        }
    }
}
