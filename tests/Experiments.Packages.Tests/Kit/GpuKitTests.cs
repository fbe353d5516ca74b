using System.Diagnostics;
using Experiments.Packages.Tests.Packing;

namespace Experiments.Packages.Tests.Kit;

/// <summary><c>build/gpu-kit</c>: made here, and tried without a GPU and without .NET.</summary>
[Trait("Needs", "pytorch")]
public sealed class GpuKitTests
{
    private static readonly string Python = Environment.GetEnvironmentVariable("EXPERIMENTS_TESTS_PYTHON") ?? "/usr/bin/python3";

    [Fact]
    public async Task The_kit_fits_and_its_dry_run_answers_what_needs_no_gpu()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kit is for Linux");
        Requirement.Met("pytorch", (await RunAsync(Python, "-c", "import torch")).ExitCode == 0, $"{Python} has no torch: apt-get install python3-torch");
        var folder = Directory.CreateTempSubdirectory("experiments-gpu-kit-");
        try
        {
            var kit = Path.Combine(folder.FullName, "kit");
            var made = await RunAsync(Path.Combine(Repository.Path, "build", "gpu-kit", "make.sh"), kit);
            Assert.True(made.ExitCode == 0, made.Output);
            Assert.InRange(folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), 1 << 20, 60 << 20);

            var tried = await RunAsync(Path.Combine(kit, "run.sh"), "--dry-run");
            Assert.True(tried.ExitCode == 0, tried.Output);
            var report = await File.ReadAllLinesAsync(Path.Combine(kit, "results", "report.txt"), TestContext.Current.CancellationToken);
            Assert.Equal(4, report.Count(line => line.StartsWith("pinning ", StringComparison.Ordinal) && line.Contains(" agrees ", StringComparison.Ordinal)));
            Assert.Equal(4, report.Count(line => line.EndsWith("unanswered, no GPU", StringComparison.Ordinal)));
            Assert.DoesNotContain(report, line => line.Contains("DIFFERS", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec \"$@\" 2>&1", "bash", program, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["PYTHON"] = Python;
        start.Environment["DOTNET_ROOT"] = "/nowhere"; // the tool has its own runtime
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
