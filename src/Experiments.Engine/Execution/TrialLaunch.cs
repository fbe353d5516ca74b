using Experiments.Engine.Trainers;
using Experiments.Processes;
using Experiments.Processes.Launching;

namespace Experiments.Engine.Execution;

/// <summary>A trial's command, ready to start and ready to be shown.</summary>
internal sealed record TrialLaunch
{
    /// <summary>What the trainer asked for.</summary>
    public required TrialCommand Command { get; init; }

    /// <summary>What is started.</summary>
    public required LaunchRequest Request { get; init; }

    /// <summary>The command as a shell reads it.</summary>
    public required string CommandLine { get; init; }

    /// <summary>A script that runs it by hand, with the variables that the engine added.</summary>
    public required string Script { get; init; }

    /// <summary>Prepares a trial.</summary>
    /// <param name="options">What all trials share.</param>
    /// <param name="inherited">The environment that trials inherit.</param>
    /// <param name="order">The trial.</param>
    /// <exception cref="LaunchException">The program is not there or may not be run.</exception>
    internal static TrialLaunch Prepare(LocalExecutorOptions options, IReadOnlyDictionary<string, string> inherited, TrialOrder order)
    {
        var (definition, trial, folder) = (options.Definition, order.Trial, options.Folder.Trial(order.Trial.Id));
        var dataset = trial.Configuration.Dataset is { } name ? options.DatasetFolders.GetValueOrDefault(name) : null;
        var context = new TrialContext { Definition = definition, Trial = trial, Folder = folder.Path, DatasetFolder = dataset, Steps = order.Steps };
        var command = options.Trainer.Prepare(context);
        var added = TrialEnvironment.Create(context, command, options.Folder.SweepId, inherited);
        var environment = inherited.ToDictionary(StringComparer.Ordinal);
        foreach (var (variable, value) in order.Variables)
            environment[variable] = value;
        foreach (var (variable, value) in added)
        {
            if (value is null)
                environment.Remove(variable);
            else
                environment[variable] = value;
        }

        var home = command.WorkingDirectory ?? definition.Train.WorkingDirectory
            ?? Path.GetDirectoryName(Path.GetFullPath(definition.File)) ?? Environment.CurrentDirectory;
        var program = ProgramPath.Resolve(command.Program, home, environment);
        string[] words = [program, .. command.Arguments];
        return new TrialLaunch
        {
            Command = command,
            CommandLine = $"cd {ShellText.Quote(home)} && {ShellText.Line(words)}",
            Script = ShellText.Script(words, home, ForHand(added)),
            Request = new LaunchRequest
            {
                Program = program,
                Arguments = command.Arguments,
                Environment = environment,
                WorkingDirectory = home,
                StandardOutputFile = folder.StandardOutput,
                StandardErrorFile = folder.StandardError,
                CallersInput = options.PassesStandardInput,
            },
        };
    }

    /// <summary>Without the sweep's id: what a person runs by hand is not part of the sweep, and nobody may end it as such.</summary>
    private static Dictionary<string, string> ForHand(IReadOnlyDictionary<string, string?> added) => added
        .Where(variable => variable is { Value: not null, Key: not TrialEnvironment.SweepId })
        .ToDictionary(variable => variable.Key, variable => variable.Value!, StringComparer.Ordinal);
}
