using Experiments.Core.Plans;
using Experiments.Engine.Journal;
using Experiments.Engine.Processes;
using Experiments.Engine.Trainers;

namespace Experiments.Engine.Sweeps;

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
    /// <param name="around">What all trials share.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="late">Variables that came with its start.</param>
    /// <exception cref="LaunchException">The program is not there or may not be run.</exception>
    internal static TrialLaunch Prepare(
        TrialSurroundings around, PlannedTrial trial, TrialFolder folder, IReadOnlyDictionary<string, string> late)
    {
        var definition = around.Request.Definition;
        var dataset = trial.Configuration.Dataset is { } name ? around.Request.DatasetFolders.GetValueOrDefault(name) : null;
        var context = new TrialContext { Definition = definition, Trial = trial, Folder = folder.Path, DatasetFolder = dataset };
        var command = around.Trainer.Prepare(context);
        var added = TrialEnvironment.Create(context, command, around.Folder.SweepId, around.Inherited);
        var environment = around.Inherited.ToDictionary(StringComparer.Ordinal);
        foreach (var (variable, value) in late)
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
            },
        };
    }

    /// <summary>Without the sweep's id: what a person runs by hand is not part of the sweep, and nobody may end it as such.</summary>
    private static Dictionary<string, string> ForHand(IReadOnlyDictionary<string, string?> added) => added
        .Where(variable => variable is { Value: not null, Key: not TrialEnvironment.SweepId })
        .ToDictionary(variable => variable.Key, variable => variable.Value!, StringComparer.Ordinal);
}
