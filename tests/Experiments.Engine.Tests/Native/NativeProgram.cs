using System.Diagnostics;

namespace Experiments.Engine.Tests.Native;

/// <summary>The C program of these tests, built once with the machine's compiler.</summary>
internal static class NativeProgram
{
    private static readonly Lazy<string?> Built = new(Build);

    /// <summary>The program's path; skips the test where there is no compiler.</summary>
    internal static string Memory()
    {
        Requirement.Check("gcc", Built.Value is not null, "no C compiler (cc) on this machine");
        return Built.Value!;
    }

    private static string? Build()
    {
        var target = Path.Combine(Directory.CreateTempSubdirectory("experiments-native-").FullName, "memory");
        var source = Path.Combine(AppContext.BaseDirectory, "Native", "memory.c");
        try
        {
            using var compiler = Process.Start("cc", ["-O1", "-o", target, source]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? target : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
