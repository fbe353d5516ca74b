using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Tool.Commands;
using Experiments.Tool.Running;

namespace Experiments.Tool;

/// <summary>
/// The command as a process: whatever happens inside it ends with one of <see cref="ExitCodes"/> and a sentence. A runtime that ends a process itself
/// ends it with a stack trace and a number that means something else.
/// </summary>
internal static class CommandProcess
{
    public static async Task<int> RunAsync(string[] args)
    {
        using var output = new LastingWriter(Console.Out);
        using var error = new LastingWriter(Console.Error);
        Console.SetOut(GitHubOutput.IsWanted(Environment.GetEnvironmentVariable) ? new GitHubOutput(output, Environment.CurrentDirectory) : output);
        Console.SetError(error);
        var verbose = args.Contains(ExperimentsCommand.VerboseName, StringComparer.Ordinal);
        AppDomain.CurrentDomain.UnhandledException += (_, failure) => // of another thread
            Environment.Exit(ToolFailure.Tell((Exception)failure.ExceptionObject, Console.Error, folder: null, verbose));
        var exitCode = await InvokeAsync(args, verbose).ConfigureAwait(false);
        if ((output.Fault ?? error.Fault) is not { } fault)
            return exitCode;
        Console.Error.WriteLine(EnvironmentDiagnostics.CannotPrint.Error(fault.Message));
        return exitCode == ExitCodes.Pass ? ExitCodes.ToolFailed : exitCode;
    }

    private static async Task<int> InvokeAsync(string[] args, bool verbose)
    {
        try
        {
            var parsed = ExperimentsCommand.Create().Parse(args.Length == 0 ? ["--help"] : args, new() { ResponseFileTokenReplacer = null });
            var mistakes = UsageMistakes.Of(parsed);
            foreach (var mistake in mistakes)
                Console.Error.WriteLine(mistake);
            return mistakes.Count > 0
                ? ExitCodes.BadUsage
                : await parsed.InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // the last place before the runtime's own
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ToolFailure.Tell(exception, Console.Error, folder: null, verbose);
        }
    }
}
