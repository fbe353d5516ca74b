using System.Diagnostics;

namespace Experiments.EndToEnd.Tests.Running;

/// <summary>What a run of the <c>experiments</c> command gave.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>Runs the built command as a front end does: arguments in, exit code and standard output back.</summary>
    public static Task<ToolRun> StartAsync(string workingDirectory, params string[] arguments) => EndAsync(Start(workingDirectory, arguments));

    /// <summary>Runs it with variables of its own.</summary>
    public static Task<ToolRun> StartAsync(string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        EndAsync(Start(workingDirectory, environment, arguments));

    /// <summary>Runs another copy of the command.</summary>
    public static Task<ToolRun> StartAsync(string tool, string workingDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        EndAsync(Start(tool, workingDirectory, environment, arguments));

    private static async Task<ToolRun> EndAsync(Process started)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ToolRun(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it for a test that does not wait for its end.</summary>
    public static Process Start(string workingDirectory, params string[] arguments) => Start(workingDirectory, new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with variables of its own.</summary>
    public static Process Start(string workingDirectory, IReadOnlyDictionary<string, string> environment, string[] arguments) =>
        Start(BuiltProgram.PathOf("Experiments.Tool"), workingDirectory, environment, arguments);

    private static Process Start(string tool, string workingDirectory, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", tool, .. arguments])
        {
            WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Remove("MLFLOW_TRACKING_URI");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
