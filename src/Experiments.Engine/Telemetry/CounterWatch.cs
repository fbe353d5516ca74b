using System.Diagnostics;
using Experiments.Engine.Machines;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;

namespace Experiments.Engine.Telemetry;

/// <summary>Reads the kernel's counters when a trial starts and when it ends; nothing in between.</summary>
/// <param name="group">The trial's control group, or null.</param>
internal sealed class CounterWatch(IControlGroup? group)
{
    private readonly MachineCpu? _machine = MachineCpu.Read();
    private readonly double? _treeCpuSeconds = group?.CpuSeconds();
    private readonly Pressure? _pressureOfGroup = group?.ReadPressure();
    private readonly Pressure? _pressureOfMachine = Pressure.OfMachine();
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Reads them again, before the group is gone.</summary>
    internal CounterOutcome Stop()
    {
        var (ofGroup, ofMachine) = (group?.ReadPressure() - _pressureOfGroup, Pressure.OfMachine() - _pressureOfMachine);
        var machine = MachineCpu.Read() - _machine;
        return new CounterOutcome
        {
            Elapsed = Stopwatch.GetElapsedTime(_started),
            Machine = machine is { TotalSeconds: > 0 } ? machine : null, // a sandbox may show zeros for ever
            TreeCpuSeconds = group?.CpuSeconds() - _treeCpuSeconds,
            Pressure = ofGroup ?? ofMachine,
            PressureMethod = ofGroup is not null ? "cgroup" : ofMachine is not null ? "machine" : null,
        };
    }
}
