using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Experiments.Core.Results;

/// <summary>
/// The ids of a machine. What changes without the machine being another one is in none: .NET's version, the GPU driver's, a point release of the system, and
/// the megabytes by which usable memory differs from boot to boot.
/// </summary>
public static partial class MachineNames
{
    private const double Gibibyte = 1L << 30;

    /// <summary>By so much does usable memory differ from boot to boot at most.</summary>
    private const long BootBytes = 128 << 20;

    /// <summary>The id: <c>8c-32g-0f3a9b</c>.</summary>
    /// <param name="machine">The machine; its id is not looked at.</param>
    public static string IdOf(MachineFingerprint machine)
    {
        var size = MemorySize(machine.MemoryBytes);
        return Name(machine.Cores, size, $"{machine.Cpu}\n{Text(machine.Cores)}\n{Text(size)}\n{GpuModels(machine.Gpu)}\n{PointRelease.Replace(machine.OperatingSystem, "$1")}");
    }

    /// <summary>
    /// Every id that sweeps and baselines of this machine may bear: its own, and those of earlier versions of this program, which rounded memory to whole
    /// GiB and counted the GPU driver and .NET's version in.
    /// </summary>
    /// <param name="machine">The machine.</param>
    public static IReadOnlySet<string> Of(MachineFingerprint machine) => new[] { machine.MemoryBytes - BootBytes, machine.MemoryBytes, machine.MemoryBytes + BootBytes }
        .Select(bytes => FormerIdOf(machine, bytes)).Append(IdOf(machine)).Append(machine.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>The GPU models without the driver.</summary>
    /// <param name="gpu">What <see cref="MachineFingerprint.Gpu"/> holds.</param>
    public static string GpuModels(string gpu) => gpu.IndexOf(", driver ", StringComparison.Ordinal) is >= 0 and var at ? gpu[..at] : gpu;

    private static string FormerIdOf(MachineFingerprint machine, long bytes)
    {
        var gibibytes = Math.Round(bytes / Gibibyte);
        var runtime = Version.TryParse(machine.Runtime.Split(' ')[^1], out var version) ? version : Environment.Version;
        return Name(machine.Cores, gibibytes, string.Create(CultureInfo.InvariantCulture,
            $"{machine.Cpu}\n{machine.Cores:0.##}\n{gibibytes}\n{machine.Gpu}\n{machine.OperatingSystem}\n{RuntimeInformation.OSArchitecture}\n{runtime.Major}.{runtime.Minor}"));
    }

    /// <summary>
    /// The size that memory is sold in (a power of two GiB, or one and a half of it) which holds what is usable: a machine's firmware and kernel keep some of it,
    /// so that usable memory is never near such a size, and a limit that is one is exact.
    /// </summary>
    private static double MemorySize(long bytes)
    {
        var power = Math.Pow(2, Math.Floor(Math.Log2(Math.Max(bytes, 1) / Gibibyte)));
        return new[] { power, 1.5 * power, 2 * power }.First(size => bytes <= size * Gibibyte);
    }

    private static string Name(double cores, double gibibytes, string text) =>
        $"{Text(cores)}c-{Text(gibibytes)}g-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..6]}";

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The third number of <c>22.04.3</c>.</summary>
    [GeneratedRegex(@"(\d+\.\d+)\.\d+")]
    private static partial Regex PointRelease { get; }
}
