using Experiments.Core.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Engine.Measurements;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Engine.Trainers;
using Experiments.Processes;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;
using Experiments.Processes.Running;
using Experiments.Processes.Sampling;
using Experiments.Processes.Trees;

namespace Experiments.Engine.Execution;

/// <summary>One run of one trial: starts it, samples and follows it, and puts together what was measured.</summary>
/// <param name="options">What all trials share.</param>
/// <param name="host">What the machine has.</param>
/// <param name="order">The trial.</param>
internal sealed class TrialRun(LocalExecutorOptions options, TrialHost host, TrialOrder order)
{
    /// <summary>An explainer reads what the trial wrote, which may be long.</summary>
    private static readonly TimeSpan ExplainerPatience = TimeSpan.FromSeconds(30);

    private readonly TrialFolder _folder = options.Folder.Trial(order.Trial.Id);
    private readonly StepMeasurement _measurement = new(options.Definition.Train.WarmupSteps);

    /// <summary>Runs it.</summary>
    /// <param name="cancellationToken">Asks the trial to end.</param>
    /// <returns>Its result, and the events that nobody was given yet, because it may be a pilot.</returns>
    internal async Task<(TrialResult Result, IReadOnlyList<TrialEvent> Held)> RunAsync(CancellationToken cancellationToken)
    {
        var limits = options.Definition.Limits;
        var launch = TrialLaunch.Prepare(options, host.Inherited, order);
        await File.WriteAllTextAsync(_folder.Script, launch.Script, CancellationToken.None).ConfigureAwait(false);
        using var group = host.Groups.TryCreate($"experiments-{host.RunId}-{order.Trial.Id}", options.MemoryLimitBytes);
        host.Watchdog?.Guard(group);
        var stall = new StallWatch(limits.StallTimeout, launch.Command.OutputMetrics.Count > 0 ? _folder.StandardOutput : null, options.Time);
        var visible = launch.Request.Environment.GetValueOrDefault("CUDA_VISIBLE_DEVICES");
        using var turn = host.GpuTurns is { } turns ? await turns.TakeAsync(visible, cancellationToken).ConfigureAwait(false) : null;
        var startedAt = options.Time.GetUtcNow();
        var gpu = host.Gpus is { } reader ? new GpuMonitor(reader, visible) : null;
        using var telemetry = new TrialTelemetry(group, gpu, limits.GpuMemoryBytes, _folder.Telemetry);
        var tail = new EventTail(options, _folder.Events, order.Trial, _measurement, stall);
        TreeEnd end;
        Diagnostic? unread;
        try
        {
            end = await new ProcessSupervisor(host.Launcher).RunAsync(
                launch.Request with { ControlGroupFiles = group?.ProcessFiles ?? [] },
                new Supervision
                {
                    Mark = $"{TrialEnvironment.Events}={_folder.Events}",
                    Timeout = limits.Timeout,
                    Grace = options.Grace,
                    Force = options.Force,
                    Group = group,
                    Stalled = stall.Stalled,
                    Started = freezer =>
                    {
                        stall.Watch(() => freezer.FrozenTime);
                        order.Started(freezer, () => group?.CpuSeconds());
                    },
                    Sample = (process, tree) => Sample(process, tree, group, telemetry),
                    Ended = telemetry.Stop,
                },
                cancellationToken).ConfigureAwait(false);
            unread = await tail.ReadRestAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await tail.DisposeAsync().ConfigureAwait(false);
        }

        var outcome = Outcome(end, gpu, telemetry);
        var metrics = _measurement.Metrics();
        if (!AddOutputMetrics(metrics, launch, cancellationToken) || (unread is not null && cancellationToken.IsCancellationRequested))
            end = end with { Cause = EndCause.Cancelled }; // not read to its end: it runs again
        TelemetryMetrics.Add(metrics, outcome, end);
        TelemetryMetrics.Add(metrics, MemoryGrowth.Of(_measurement.Measured, end.Memory!.Series));
        if (CpuPerSample.Of(_measurement.Measured, _measurement.MeasuredSamples, [.. telemetry.Cpu]) is { } cpu)
            metrics[MetricKeys.CpuSecondsPerSample] = cpu;
        var trial = new EndedTrial
        {
            Definition = options.Definition,
            Trial = order.Trial,
            Command = launch.Command,
            CommandLine = launch.CommandLine,
            Folder = _folder,
            End = end,
            StalledFor = end.Cause == EndCause.Stalled ? stall.Quiet : null,
            EndedAt = startedAt + end.Duration,
            MemoryLimitBytes = options.MemoryLimitBytes,
            GpuPeakBytes = outcome.Gpu?.PeakBytes,
            OtherGpuProcesses = outcome.Gpu?.OtherProcesses ?? 0,
            OutOfMemoryKills = group?.OutOfMemoryKills() ?? 0,
            UsableCores = options.UsableCores,
            Steps = _measurement.Steps,
            IsMeasured = metrics.ContainsKey(MetricKeys.SamplesPerSecond),
            HasStopped = _measurement.HasStopped,
            LastWords = OutputTail.Read(_folder.StandardError) is { Length: > 0 } words ? words : OutputTail.Read(_folder.StandardOutput),
        };
        var (status, judged) = TrialJudgement.Of(trial);
        var explained = await ExplainedAsync(judged, trial with { Status = status }, cancellationToken).ConfigureAwait(false);
        var result = new TrialResult
        {
            TrialId = order.Trial.Id,
            Configuration = order.Trial.Configuration,
            Repeat = order.Trial.Repeat,
            Purpose = order.Trial.Purpose,
            Status = status,
            ExitCode = end.ExitCode,
            Signal = end.Signal,
            StartedAt = startedAt,
            DurationSeconds = end.Duration.TotalSeconds,
            Metrics = metrics,
            Telemetry = outcome.Summary(series => MemoryGrowth.BytesPerStep(_measurement.Measured, series), _measurement.Roles),
            Diagnostics = [.. explained, .. turn?.KeptBytes is { } kept ? [NotGivenBack(kept)] : Array.Empty<Diagnostic>(), .. TrialReading.Unread(unread, _measurement.IgnoredMetrics, UnreadFiles.In(_folder))],
        };
        return (result, tail.Held);
    }

    private static Diagnostic NotGivenBack(long bytes) => TrialDiagnostics.GpuNotGivenBack.Warning(FormattableString.Invariant(
        $"{bytes / 1048576.0:0} MiB more than before the last trial were in use on the GPU when this one began, after a wait of {GpuTurns.Patience.TotalSeconds:0} s: its times and memory may be disturbed"));

    private TreeSampler Sample(IRunningProcess process, TreeMembers? tree, IControlGroup? group, TrialTelemetry telemetry)
    {
        telemetry.Start(tree);
        var memory = MemoryChoice.Of(process, tree, group, host.Groups, options.MemoryLimitBytes);
        return new TreeSampler(memory, new TreeLimits(options.MemoryLimitBytes, options.Definition.Limits.Processes), telemetry);
    }

    private TelemetryOutcome Outcome(TreeEnd end, GpuMonitor? gpu, TrialTelemetry telemetry)
    {
        var seen = gpu?.Outcome();
        return new TelemetryOutcome
        {
            Memory = end.Memory!,
            Gpu = seen,
            GpuMethod = seen is null ? null : host.Gpus?.Method,
            GpuReason = seen?.Reason ?? host.NoGpuReason ?? (seen is null ? "the trial sees no GPU" : null),
            Counters = telemetry.Counters,
            Io = telemetry.Io,
        };
    }

    /// <summary>Adds what the patterns find in the trial's output.</summary>
    /// <returns>Whether it was searched; false: the user wants to stop.</returns>
    private bool AddOutputMetrics(Dictionary<string, double> metrics, TrialLaunch launch, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (name, value) in OutputMetrics.Read(_folder.StandardOutput, launch.Command.OutputMetrics, cancellationToken))
                metrics.TryAdd(name, value);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true; // EXP3020 says it
        }
    }

    private async Task<IReadOnlyList<Diagnostic>> ExplainedAsync(IReadOnlyList<Diagnostic> judged, EndedTrial trial, CancellationToken cancellationToken)
    {
        if (options.Explainer is not { } explainer || trial.Status == TrialStatus.Cancelled)
            return judged;
        try
        {
            var explained = await Task.Run(() => explainer.Explain(trial), CancellationToken.None).WaitAsync(ExplainerPatience, cancellationToken).ConfigureAwait(false);
            return TrialExplanation.Merge(judged, explained, trial);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            return judged; // how the trial ended is known still
        }
#pragma warning disable CA1031 // it reads what a trial wrote; whatever that makes it throw is said, and costs the trial nothing but its explanation
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return [.. judged, EnvironmentDiagnostics.ToolFailed.Warning($"the cause could not be looked for: {exception.GetType().Name}: {exception.Message.TrimEnd('.')}{_folder.Keep(exception)}")];
        }
    }
}
