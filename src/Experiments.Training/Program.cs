using System.CommandLine;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Training;
using Experiments.Training.Commands;

var root = new RootCommand("Trains a task on TorchSharp and reports about itself: the process that a trial is.")
{
    RunCommand.Create(),
    InfoCommand.Create(),
};
Console.SetError(new UnfailingWriter(Console.Error));
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(TrainingDiagnostics.BadOption.Error(error.Message));
    return ExitCodes.BadUsage;
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (TrainingException problem)
{
    Console.Error.WriteLine(problem.Diagnostic);
    return ExitCodes.BadUsage;
}
catch (Exception problem) // not left to the runtime: an abort would look like a signal, and dump the memory of libtorch
{
    Console.Error.WriteLine(problem);
    return ExitCodes.TrialFailed;
}
