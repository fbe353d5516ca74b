using System.Reflection;
using System.Runtime.InteropServices;

namespace Experiments.Data.Devices;

/// <summary>Finds the CUDA driver by the name that it has on each system.</summary>
internal static class DriverLibrary
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(DriverLibrary).Assembly, Resolve);
        return true;
    });

    public static void Register() => _ = Registered.Value;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "cuda" && NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var library) ? library : 0;
}
