using Experiments.Core.Results;
using Experiments.Engine.Telemetry.Gpu;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Launching;

namespace Experiments.Engine.Machines;

/// <summary>What a machine lets a sweep use and measure.</summary>
public sealed record MachineCapabilities
{
    /// <summary>What the machine is.</summary>
    public required MachineFingerprint Machine { get; init; }

    /// <summary>Cores of the machine, of which affinity and quota leave <see cref="MachineFingerprint.Cores"/>.</summary>
    public required int MachineCores { get; init; }

    /// <summary>Memory in bytes that a trial can take now without swapping or touching a limit.</summary>
    public required long AvailableMemoryBytes { get; init; }

    /// <summary>How trials' memory is measured and limited: <c>cgroup-v2</c>, <c>cgroup-v1</c>, or <c>none</c>, which leaves <c>/proc</c>.</summary>
    public required string ControlGroups { get; init; }

    /// <summary>Why there are no control groups; null when there are.</summary>
    public string? NoControlGroups { get; init; }

    /// <summary>Size of <c>/dev/shm</c> in bytes; null where there is none.</summary>
    public long? SharedMemoryBytes { get; init; }

    /// <summary>NVIDIA GPUs that can be watched.</summary>
    public int Gpus { get; init; }

    /// <summary>Why no GPU can be watched; null when one can.</summary>
    public string? NoGpu { get; init; }

    /// <summary>Looks at the machine that this program runs on. A control group is made and removed, for nothing else proves that it can be.</summary>
    public static MachineCapabilities Read()
    {
        var layout = ControlGroupLayout.Read();
        var groups = ControlGroupSource.Find(layout, ProcessLauncher.Default);
        using var nvml = Nvml.TryOpen(Nvml.UsualNames, out var noGpu);
        return new MachineCapabilities
        {
            Machine = MachineReader.Read(),
            MachineCores = CpuInformation.MachineCores(),
            AvailableMemoryBytes = MachineMemory.AvailableBytes(layout),
            ControlGroups = groups.Method,
            NoControlGroups = groups.Reason,
            SharedMemoryBytes = Directory.Exists("/dev/shm") ? new DriveInfo("/dev/shm").TotalSize : null,
            Gpus = nvml?.Devices.Count ?? 0,
            NoGpu = nvml is null ? noGpu : nvml.Devices.Count == 0 ? "the NVIDIA driver shows no device" : null,
        };
    }
}
