using System.Diagnostics;

namespace Experiments.Packages.Tests.Samples;

/// <summary>The Python interpreter that the samples' scripts need.</summary>
internal static class Python
{
    private static IEnumerable<string> OnPath => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "python3")).Where(File.Exists);

    public static void Require() => Requirement.Met("python", OnPath.Any(), "python3 is not on PATH");

    public static void RequireTorch() => Requirement.Met("pytorch", OnPath.Any(HasTorch), "no python3 on PATH has torch: apt-get install python3-torch");

    private static bool HasTorch(string python)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", "import torch"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
