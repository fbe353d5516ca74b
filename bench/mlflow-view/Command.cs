using System.Diagnostics;

namespace Experiments.Bench.MlflowView;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>The lines that it prints.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(string program, IReadOnlyList<string> arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output.Split('\n') : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{output}");
    }
}
