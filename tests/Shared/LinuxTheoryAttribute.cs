using System.Runtime.CompilerServices;

namespace Experiments.Testing;

/// <summary>A test of real processes on Linux, with several inputs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = 0)
        : base(file, line)
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs Linux";
    }
}
