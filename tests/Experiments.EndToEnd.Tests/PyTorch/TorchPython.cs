using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.EndToEnd.Tests.PyTorch;

/// <summary>An interpreter with torch on this machine; tests that need one skip, or fail where EXPERIMENTS_TESTS_REQUIRE names it.</summary>
internal static class TorchPython
{
    private static readonly Lazy<bool> HasTorch = new(ImportsTorch);

    public static string Program { get; } = Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_PYTHON") ?? "/usr/bin/python3";

    public static void Require()
    {
        var required = (Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        var reason = $"{Program} has no torch: apt-get install python3-torch";
        if (required.Contains("pytorch") || required.Contains("all"))
            Assert.True(HasTorch.Value, reason);
        Assert.SkipUnless(HasTorch.Value, reason);
    }

    private static bool ImportsTorch()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo(Program, ["-c", "import torch"]) { RedirectStandardError = true })!;
            python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
