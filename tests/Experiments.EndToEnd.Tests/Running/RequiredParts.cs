using System.Diagnostics;

namespace Experiments.EndToEnd.Tests.Running;

/// <summary>What some tests need of the machine.</summary>
internal static class RequiredParts
{
    private static readonly Lazy<(bool Loads, string Output)> Host = new(() =>
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", BuiltProgram.PathOf("Experiments.Training"), "info"])
        {
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, output.Trim());
    });

    public static void TorchSharp() => Requirement.Met("torchsharp", Host.Value.Loads, $"libtorch does not load: {Host.Value.Output}");
}
