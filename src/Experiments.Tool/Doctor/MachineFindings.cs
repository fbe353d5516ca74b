using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Engine.Machines;

namespace Experiments.Tool.Doctor;

/// <summary>What a look at the machine itself means for a sweep.</summary>
internal static class MachineFindings
{
    private const long LeastSharedMemoryBytes = 1L << 30;

    public static IEnumerable<Finding> Of(MachineCapabilities machine) => [Cpu(machine), Memory(machine), ControlGroups(machine), SharedMemory(machine), Gpu(machine)];

    private static Finding Cpu(MachineCapabilities machine)
    {
        var cores = machine.Machine.Cores;
        var finding = new Finding
        {
            Subject = "CPU",
            Found = string.Create(CultureInfo.InvariantCulture, $"{machine.Machine.Cpu}: {cores:0.##} of {machine.MachineCores} cores by affinity, cpuset and quota"),
        };
        return cores >= 2 ? finding : finding with
        {
            Consequence = "loader workers and training share one core: what more workers gain does not show",
            Remedy = "give the container or job more cores (docker run --cpus=4, srun --cpus-per-task=4)",
        };
    }

    private static Finding Memory(MachineCapabilities machine) => new()
    {
        Subject = "memory",
        Found = $"{Quantity.Bytes(machine.Machine.MemoryBytes)}, of which {Quantity.Bytes(machine.AvailableMemoryBytes)} are free now",
    };

    private static Finding ControlGroups(MachineCapabilities machine)
    {
        var finding = new Finding { Subject = "control groups", Found = machine.ControlGroups };
        return machine.NoControlGroups is not { } reason ? finding : finding with
        {
            Found = $"none: {reason}",
            Consequence = OperatingSystem.IsLinux()
                ? "memory is summed over /proc: peaks between two samples are missed, and limits are enforced by sampling"
                : "memory of the process tree is estimated, and limits are enforced by sampling",
            Remedy = OperatingSystem.IsLinux()
                ? "run as root, or in a delegated session: systemd-run --user --scope -p Delegate=yes experiments run …"
                : "run on Linux where exact memory matters",
        };
    }

    private static Finding SharedMemory(MachineCapabilities machine) => machine.SharedMemoryBytes switch
    {
        null => new Finding { Subject = "/dev/shm", Found = "none on this system; PyTorch passes batches otherwise" },
        < LeastSharedMemoryBytes and var bytes => new Finding
        {
            Subject = "/dev/shm",
            Found = Quantity.Bytes(bytes),
            Consequence = "PyTorch's workers pass batches through it, (2 × num_workers + 1) of them: configurations with more fail",
            Remedy = "docker run --shm-size=8g, or mount -o remount,size=8g /dev/shm",
        },
        { } bytes => new Finding { Subject = "/dev/shm", Found = Quantity.Bytes(bytes) },
    };

    private static Finding Gpu(MachineCapabilities machine) => machine.NoGpu is not { } reason
        ? new Finding { Subject = "GPU", Found = $"{machine.Machine.Gpu} ({Quantity.Count(machine.Gpus, "device")} by NVML)" }
        : new Finding
        {
            Subject = "GPU",
            Found = reason,
            Consequence = "GPU memory and use; pin_memory has nothing to speed up",
            Remedy = "on a machine with an NVIDIA GPU install its driver; in a container: docker run --gpus all",
        };
}
