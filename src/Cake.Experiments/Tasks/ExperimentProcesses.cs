using Cake.Core;
using Cake.Core.IO;
using Cake.Experiments.Tool;

namespace Cake.Experiments.Tasks;

/// <summary>Runs the command with what a context offers.</summary>
internal static class ExperimentProcesses
{
    public static void Run(ICakeContext context, ExperimentsCommand command, IEnumerable<FilePath> definitions, ExperimentsSettings settings)
    {
        // A runner that a host or a test put in Cake's place stays.
        var processes = context.ProcessRunner is ProcessRunner
            ? new SweepProcessRunner(context.Environment, context.Log, settings.CancellationGrace)
            : context.ProcessRunner;
        new ExperimentsRunner(context.FileSystem, context.Environment, processes, context.Tools).Run(command, definitions, settings);
    }
}
