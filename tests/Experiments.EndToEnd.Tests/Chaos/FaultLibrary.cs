using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Experiments.EndToEnd.Tests.Chaos.FaultLibrary))]

namespace Experiments.EndToEnd.Tests.Chaos;

/// <summary><c>faults.c</c>, built with the machine's compiler; it goes when the last test has ended.</summary>
public sealed class FaultLibrary : IDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("experiments-faults-").FullName;

    private static readonly Lazy<string> Built = new(Build);

    /// <summary>Where the library is; skips the test where it cannot be built.</summary>
    internal static string Path()
    {
        Requirement.Met("gcc", OperatingSystem.IsLinux() && Built.Value.Length > 0, "no C compiler (cc) on this machine, or no Linux with glibc");
        return Built.Value;
    }

    /// <summary>Deletes it.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Build()
    {
        var library = System.IO.Path.Combine(Folder, "faults.so");
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O1", "-D_LARGEFILE64_SOURCE", "-o", library, System.IO.Path.Combine(AppContext.BaseDirectory, "Chaos", "faults.c"), "-ldl"]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? library : "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}
