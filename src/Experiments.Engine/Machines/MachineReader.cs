using System.Runtime.InteropServices;
using Experiments.Core.Results;
using Experiments.Processes.ControlGroups;

namespace Experiments.Engine.Machines;

/// <summary>Reads what this machine is, as far as throughput and memory depend on it.</summary>
public static class MachineReader
{
    /// <summary>The machine that this program runs on.</summary>
    /// <param name="pool">The name that somebody gave to machines of its kind; null: it is named after its parts.</param>
    public static MachineFingerprint Read(string? pool = null)
    {
        var layout = ControlGroupLayout.Read();
        var machine = Create(CpuInformation.Model(), CpuInformation.UsableCores(layout), MachineMemory.TotalBytes(layout), GpuInformation.Read());
        return pool is null ? machine : machine with { Id = pool };
    }

    /// <summary>Puts the parts together and names them.</summary>
    /// <param name="cpu">CPU model.</param>
    /// <param name="cores">Usable cores.</param>
    /// <param name="memoryBytes">Usable memory.</param>
    /// <param name="gpu">GPU models and driver, or <c>none</c>.</param>
    internal static MachineFingerprint Create(string cpu, double cores, long memoryBytes, string gpu)
    {
        var machine = new MachineFingerprint
        {
            Id = "",
            Cpu = cpu,
            Cores = cores,
            MemoryBytes = memoryBytes,
            Gpu = gpu,
            OperatingSystem = OperatingSystemName(),
            Runtime = RuntimeInformation.FrameworkDescription,
        };
        return machine with { Id = MachineNames.IdOf(machine) };
    }

    private static string OperatingSystemName()
    {
        if (!OperatingSystem.IsLinux())
            return RuntimeInformation.OSDescription;
        var release = File.Exists("/etc/os-release") ? File.ReadLines("/etc/os-release") : [];
        var name = release.FirstOrDefault(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"');
        return $"{name ?? "Linux"}, Linux {Environment.OSVersion.Version.Major}";
    }
}
