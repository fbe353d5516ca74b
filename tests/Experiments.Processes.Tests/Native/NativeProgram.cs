using System.Diagnostics;

[assembly: AssemblyFixture(typeof(Experiments.Processes.Tests.Native.NativeProgram))]

namespace Experiments.Processes.Tests.Native;

/// <summary>The C programs of these tests, built with the machine's compiler; they go when the last test has ended.</summary>
public sealed class NativeProgram : IDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("experiments-native-").FullName;

    private static readonly Lazy<string?> Built = new(() => Build("memory", "memory", ["-O1"]));

    /// <summary>Deletes the programs.</summary>
    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The program that takes memory; skips the test where there is no compiler.</summary>
    internal static string Memory() => Required(Built.Value);

    /// <summary>A fake of NVIDIA's management library whose state is in a file.</summary>
    internal static string Nvml(string stateFile) =>
        Required(Build("fakenvml", $"fakenvml-{Guid.NewGuid():n}.so", ["-shared", "-fPIC", $"-DSTATE=\"{stateFile}\""]));

    private static string Required(string? path)
    {
        Requirement.Met("gcc", path is not null, "no C compiler (cc) on this machine");
        return path!;
    }

    private static string? Build(string source, string target, string[] options)
    {
        target = Path.Combine(Folder, target);
        source = Path.Combine(AppContext.BaseDirectory, "Native", source + ".c");
        try
        {
            using var compiler = Process.Start("cc", [.. options, "-o", target, source]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? target : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
