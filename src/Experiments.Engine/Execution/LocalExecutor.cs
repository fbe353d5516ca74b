using System.Diagnostics;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Engine.Trainers;
using Experiments.Processes;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;
using Experiments.Processes.Running;

namespace Experiments.Engine.Execution;

/// <summary>Runs whole trials here, one after the other: each a tree of processes of its own, limited, sampled, followed and judged.</summary>
public sealed class LocalExecutor : ITrialExecutor, IDisposable
{
    private const double DefaultMemoryShare = 0.9;

    private readonly LocalExecutorOptions _options;
    private readonly TrialHost _host;
    private readonly IGpuReader? _gpus;
    private readonly Watchdog? _watchdog;

    /// <summary>Makes ready: finds how this machine limits and measures, and starts a watchdog against this program's sudden end.</summary>
    /// <param name="options">What all trials share.</param>
    /// <param name="runId">This start of the sweep; a resumed one has another.</param>
    /// <param name="note">Takes what is missing, in words.</param>
    public LocalExecutor(LocalExecutorOptions options, string runId, Action<string> note)
    {
        _options = options;
        var launcher = ProcessLauncher.Default;
        _gpus = GpuReaders.TryOpen(Nvml.UsualNames, "nvidia-smi", out var noGpuReason);
        _watchdog = Watch(launcher, runId, note);
        _host = new TrialHost
        {
            RunId = runId,
            Inherited = new Dictionary<string, string>(ProcessEnvironment.Read(), StringComparer.Ordinal) { [TrialEnvironment.RunId] = runId },
            Launcher = launcher,
            Groups = options.Memory == MemoryMethod.Proc ? ControlGroupSource.None("the request asks for /proc") : ControlGroupSource.Find(ControlGroupLayout.Read(), launcher),
            Watchdog = _watchdog,
            Gpus = _gpus,
            GpuTurns = _gpus is null ? null : new GpuTurns(_gpus, options.Time),
            NoGpuReason = noGpuReason.Length > 0 ? noGpuReason : null,
        };
    }

    /// <summary>Ends what an earlier, suddenly ended run of a sweep left behind.</summary>
    /// <param name="sweepId">The sweep, which nobody else runs.</param>
    public static void EndLeftovers(string sweepId) => LeftoverProcesses.End($"{TrialEnvironment.SweepId}={sweepId}", $"experiments-{sweepId}-");

    /// <summary>The limit of a trial's memory on this machine as it is now, in bytes; null where none can be told.</summary>
    /// <param name="limits">The definition's limits.</param>
    public static long? MemoryLimitOf(Limits limits)
    {
        var available = MachineMemory.AvailableBytes(ControlGroupLayout.Read());
        if (limits.Memory is { } limit)
            return limit.Resolve(available);
        return available > 0 ? (long)(available * DefaultMemoryShare) : null;
    }

    /// <inheritdoc />
    public async Task<TrialResult> RunAsync(TrialOrder order, CancellationToken cancellationToken)
    {
        var startedAt = _options.Time.GetUtcNow();
        var started = Stopwatch.GetTimestamp();
        var folder = _options.Folder.Trial(order.Trial.Id);
        try
        {
            var (result, held) = await RunOnceAsync(order).ConfigureAwait(false);
            if (Pilot.Again(_options.Definition.Train, result, order.Steps) is { } more)
            {
                startedAt = _options.Time.GetUtcNow();
                (result, held) = await RunOnceAsync(order with { Steps = more }).ConfigureAwait(false);
            }

            if (held.Count > 0)
                _options.Progress(order.Trial, held);
            return Written(result.Foreseen(order.Forecast), folder);
        }
        catch (DiagnosticException exception)
        {
            return Failed(exception.Diagnostic);
        }
        catch (LaunchException exception)
        {
            return Failed(TrialDiagnostics.NotStarted.Error(exception.Message, _options.Definition.PositionOf("train")));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Failed(EnvironmentDiagnostics.CannotWrite.Error($"the trial's folder '{folder.Path}': {exception.Message}"));
        }
#pragma warning disable CA1031 // a fault of ours in one trial is none of the next trial's
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Failed(EnvironmentDiagnostics.ToolFailed.Error($"the tool itself failed at this trial: {exception.GetType().Name}: {exception.Message.TrimEnd('.')}{folder.Keep(exception)}"));
        }

        Task<(TrialResult Result, IReadOnlyList<TrialEvent> Held)> RunOnceAsync(TrialOrder asked)
        {
            folder.Create();
            return new TrialRun(_options, _host, asked).RunAsync(cancellationToken);
        }

        TrialResult Failed(Diagnostic diagnostic) => new()
        {
            TrialId = order.Trial.Id,
            Configuration = order.Trial.Configuration,
            Repeat = order.Trial.Repeat,
            Purpose = order.Trial.Purpose,
            Status = TrialStatus.Failed,
            StartedAt = startedAt,
            DurationSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Metrics = new Dictionary<string, double>(),
            Diagnostics = [diagnostic],
        };
    }

    /// <summary>Where a trial's files lie.</summary>
    internal TrialFolder FolderOf(TrialOrder order) => _options.Folder.Trial(order.Trial.Id);

    /// <inheritdoc />
    public void Dispose()
    {
        _watchdog?.Dispose();
        _gpus?.Dispose();
    }

    /// <summary>Trials run without a watchdog too: only this program's own sudden end would then leave one behind.</summary>
    private static Watchdog? Watch(IProcessLauncher launcher, string runId, Action<string> note)
    {
        try
        {
            return Watchdog.Start(launcher, $"{TrialEnvironment.RunId}={runId}");
        }
        catch (Exception exception) when (exception is LaunchException or IOException)
        {
            note($"{exception.Message}; should this program be killed, the trial that runs then stays behind");
            return null;
        }
    }

    /// <summary>Writes the trial's result. A disk that refuses it takes nothing from it.</summary>
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
}
