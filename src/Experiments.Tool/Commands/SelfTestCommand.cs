using System.CommandLine;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Tool.SelfTesting;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments selftest</c>.</summary>
internal static class SelfTestCommand
{
    public static Command Create()
    {
        var command = new Command("selftest", """
            Proves on this machine that the gates can be trusted: runs small real trials, unchanged ones and ones with an injected slowdown, leak, memory
            spike and crash, and must see exactly those. Takes about a minute. Exit code 0 only then; 4 where the machine
            is too busy to prove it.

            Example: experiments selftest
            """);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var folder = Directory.CreateTempSubdirectory("experiments-selftest-").FullName;
            try
            {
                var outcome = await new SelfTest(folder, output).RunAsync(cancellationToken).ConfigureAwait(false);
                if (outcome.ExitCode == ExitCodes.Pass)
                    Directory.Delete(folder, recursive: true);
                output.WriteLine($"Self-test: {outcome.Message}{(outcome.ExitCode == ExitCodes.Pass ? "" : $"; the sweeps lie in {folder}")}");
                return outcome.ExitCode;
            }
            catch (DiagnosticException problem)
            {
                output.WriteLine(problem.Diagnostic);
                return ExitCodes.BadUsage;
            }
            catch (OperationCanceledException)
            {
                return ExitCodes.Cancelled;
            }
        });
        return command;
    }

    /// <summary>The training of the self-test's trials; nobody calls it by hand.</summary>
    public static Command CreateTrial()
    {
        var fault = new Argument<string>("fault");
        var command = new Command(SelfTestTrial.Command, "Trains for the self-test.") { fault };
        command.Hidden = true;
        command.SetAction(parsed => SelfTestTrial.Run(parsed.GetRequiredValue(fault)));
        return command;
    }
}
