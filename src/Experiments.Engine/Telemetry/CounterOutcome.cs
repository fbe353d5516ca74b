using Experiments.Engine.Machines;
using Experiments.Processes.Kernel;

namespace Experiments.Engine.Telemetry;

/// <summary>What the kernel counted from a trial's start to its end.</summary>
internal sealed record CounterOutcome
{
    /// <summary>The time between.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>CPU time of the whole machine; null where the system does not count it.</summary>
    public MachineCpu? Machine { get; init; }

    /// <summary>CPU time of the trial's tree as its control group counted it, in seconds; null without one that counts.</summary>
    public double? TreeCpuSeconds { get; init; }

    /// <summary>Time in which tasks stood still; null where the kernel does not tell.</summary>
    public Pressure? Pressure { get; init; }

    /// <summary>Whose tasks: <c>cgroup</c>, the trial's, or <c>machine</c>; null without <see cref="Pressure"/>.</summary>
    public string? PressureMethod { get; init; }
}
