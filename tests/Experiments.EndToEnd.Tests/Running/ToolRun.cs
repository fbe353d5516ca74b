using System.Diagnostics;

namespace Experiments.EndToEnd.Tests.Running;

/// <summary>What a run of the <c>experiments</c> command gave.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Runs the built command as a front end does: arguments in, exit code and standard output back.</summary>
    public static async Task<ToolRun> StartAsync(string workingDirectory, params string[] arguments)
    {
        using var process = Start(workingDirectory, arguments);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolRun(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it for a test that does not wait for its end.</summary>
    public static Process Start(string workingDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", BuiltProgram.PathOf("Experiments.Tool"), .. arguments])
        {
            WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("MLFLOW_TRACKING_URI");
        return Process.Start(start)!;
    }

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
