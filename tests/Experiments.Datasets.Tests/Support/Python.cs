using System.Diagnostics;

namespace Experiments.Datasets.Tests.Support;

/// <summary>A Python with numpy, where there is one.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    public static void RequireNumpy() =>
        Requirement.Met("numpy", File.Exists(Program) && Run(".", "import numpy").ExitCode == 0, $"{Program} has no numpy.");

    public static (int ExitCode, string Output) Run(string folder, string code, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, ["-c", code, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
