using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Experiments.Core.Results;
using Experiments.Engine.Telemetry;

namespace Experiments.Engine.Machines;

/// <summary>Reads what this machine is, as far as throughput and memory depend on it.</summary>
public static class MachineReader
{
    private const double Gibibyte = 1L << 30;

    /// <summary>The machine that this program runs on.</summary>
    public static MachineFingerprint Read()
    {
        var layout = ControlGroupLayout.Read();
        return Create(CpuInformation.Model(), CpuInformation.UsableCores(layout), MachineMemory.TotalBytes(layout), GpuInformation.Read());
    }

    /// <summary>Puts the parts together and names them.</summary>
    /// <param name="cpu">CPU model.</param>
    /// <param name="cores">Usable cores.</param>
    /// <param name="memoryBytes">Usable memory.</param>
    /// <param name="gpu">GPU models and driver, or <c>none</c>.</param>
    internal static MachineFingerprint Create(string cpu, double cores, long memoryBytes, string gpu)
    {
        var system = OperatingSystemName();
        var runtime = Environment.Version;

        // A kernel update or a mended runtime is the same machine; memory differs by some MiB from boot to boot.
        var memory = Math.Round(memoryBytes / Gibibyte);
        var text = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{cpu}\n{cores:0.##}\n{memory}\n{gpu}\n{system}\n{RuntimeInformation.OSArchitecture}\n{runtime.Major}.{runtime.Minor}");
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..6];
        return new MachineFingerprint
        {
            Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cores:0.##}c-{memory}g-{digits}"),
            Cpu = cpu,
            Cores = cores,
            MemoryBytes = memoryBytes,
            Gpu = gpu,
            OperatingSystem = system,
            Runtime = RuntimeInformation.FrameworkDescription,
        };
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
