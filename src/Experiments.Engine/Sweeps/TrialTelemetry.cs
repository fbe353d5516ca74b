using Experiments.Engine.Processes;
using Experiments.Engine.Telemetry;
using Experiments.Engine.Telemetry.Gpu;

namespace Experiments.Engine.Sweeps;

/// <summary>The sampler of one trial, from its start to its end.</summary>
/// <param name="around">What all trials share.</param>
/// <param name="group">The trial's control group, or null.</param>
/// <param name="path">The file of samples.</param>
/// <param name="visibleDevices">The trial's <c>CUDA_VISIBLE_DEVICES</c>, or null.</param>
internal sealed class TrialTelemetry(TrialSurroundings around, IControlGroup? group, string path, string? visibleDevices) : IDisposable
{
    private readonly TaskCompletionSource _limitPassed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GpuMonitor? _gpu = around.Gpus is { } reader ? new GpuMonitor(reader, visibleDevices) : null;
    private TelemetrySampler? _sampler;
    private CounterWatch? _counters;
    private ProcessTree? _tree;
    private ITreeMemory? _memory;
    private TelemetryOutcome? _outcome;

    /// <summary>Ends when the memory limit is passed.</summary>
    internal Task LimitPassed => _limitPassed.Task;

    /// <summary>What was seen, after <see cref="Stop"/>.</summary>
    internal TelemetryOutcome Outcome => _outcome ?? throw new InvalidOperationException("The trial has not ended.");

    /// <summary>Begins to sample.</summary>
    /// <param name="process">The trial's process.</param>
    /// <param name="tree">Its tree, or null where there is no <c>/proc</c>.</param>
    internal void Start(IRunningProcess process, ProcessTree? tree)
    {
        var limits = around.Request.Definition.Limits;
        _memory = (group, tree) switch
        {
            ({ } held, _) => new ControlGroupMemory(held, around.Groups.Method),
            (null, { } seen) => new ProcMemory(seen, around.Groups.Reason ?? "it could not be made"),
            _ => SystemMemory.Of(process.Id, around.MemoryLimitBytes),
        };
        _tree = tree;
        _counters = new CounterWatch(group);
        _sampler = new TelemetrySampler(_memory, new TreeLimits(around.MemoryLimitBytes, limits.GpuMemoryBytes, limits.Processes), path, _gpu, () => _limitPassed.TrySetResult());
    }

    /// <summary>Ends the sampling.</summary>
    internal void Stop()
    {
        var counters = _counters!.Stop();
        var outcome = _sampler!.Stop();
        var summary = outcome.Summary with
        {
            PressureMethod = counters.PressureMethod,
            GpuMethod = outcome.Gpu is null ? null : around.Gpus?.Method,
            GpuReason = outcome.Gpu?.Reason ?? around.NoGpuReason ?? (outcome.Gpu is null ? "the trial sees no GPU" : null),
        };
        _outcome = outcome with { Summary = summary, Counters = counters, Io = _tree is null ? null : ProcessIo.OfTree(_tree) };
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _sampler?.Dispose();
        (_memory as IDisposable)?.Dispose();
    }
}
