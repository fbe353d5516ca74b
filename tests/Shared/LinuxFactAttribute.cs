using System.Runtime.CompilerServices;

namespace Experiments.Testing;

/// <summary>A test of real processes on Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        : base(file, line)
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs Linux";
    }
}
