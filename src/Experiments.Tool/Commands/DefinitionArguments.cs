using System.CommandLine;
using System.CommandLine.Parsing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary>The arguments that several commands share, in one spelling.</summary>
internal sealed class DefinitionArguments
{
    public Argument<string[]> Files { get; } = new("file") { Description = $"Definitions, YAML or JSON; default: {DefinitionLoading.Usual}.", Arity = ArgumentArity.ZeroOrMore };

    public Option<string> Root { get; } = new("--root") { Description = "Folder where sweeps live.", DefaultValueFactory = _ => ".experiments", HelpName = "folder" };

    public Option<string[]> Filters { get; } = new("--filter")
    {
        Description = "Only configurations with this value, e.g. num_workers=4 or num_workers=0,4. May be repeated.", HelpName = "axis=value",
    };

    public Option<string?> Shard { get; } = new("--shard") { Description = "Only one part of the configurations, e.g. 2/5 for the second of five.", HelpName = "i/n" };

    public Option<int?> Repeats { get; } = new("--repeats") { Description = "Trials of each configuration, instead of the definition's.", HelpName = "n" };

    public Option<int?> Seed { get; } = new("--seed") { Description = "Seed of the order and of the trainings, instead of the definition's.", HelpName = "n" };

    /// <summary>An option that does not exist is no file: the parser takes it for one.</summary>
    public DefinitionArguments() => Files.Validators.Add(given =>
    {
        foreach (var word in given.Tokens.Select(token => token.Value).Where(word => word.StartsWith('-') && !File.Exists(word)))
            given.AddError(UsageMistakes.Unknown(word, ((CommandResult)given.Parent!).Command));
    });

    /// <summary>Adds the files and the folder.</summary>
    public void AddFilesTo(Command command)
    {
        command.Arguments.Add(Files);
        command.Options.Add(Root);
    }

    /// <summary>Adds what narrows a plan.</summary>
    public void AddPlanOptionsTo(Command command)
    {
        command.Options.Add(Filters);
        command.Options.Add(Shard);
        command.Options.Add(Repeats);
        command.Options.Add(Seed);
    }

    public string[] FilesOf(ParseResult parsed) => [.. (parsed.GetValue(Files) is { Length: > 0 } files ? files : [DefinitionLoading.Usual]).SelectMany(Matching)];

    /// <summary>Serves one definition after the other, once all of them are read. A failure of one keeps no other from its turn.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="notes">Where mistakes are told.</param>
    /// <param name="serve">What is done with a definition; a <see cref="DiagnosticException"/> of it is told.</param>
    /// <returns><see cref="ExitCodes.BadUsage"/> after a mistake, <see cref="ExitCodes.ToolFailed"/> where nobody knows why, else <see cref="ExitCodes.Pass"/>.</returns>
    public Task<int> ForEachAsync(ParseResult parsed, TextWriter notes, Func<ExperimentDefinition, Task> serve) => ForEachAsync(parsed, notes, async definition =>
    {
        await serve(definition).ConfigureAwait(false);
        return Outcome.Done;
    });

    /// <summary>As above, where the outcome is more than done or not done; the worst is the exit code.</summary>
    public async Task<int> ForEachAsync(ParseResult parsed, TextWriter notes, Func<ExperimentDefinition, Task<Outcome>> serve)
    {
        if (DefinitionLoading.Read(FilesOf(parsed), notes) is not { } definitions)
            return ExitCodes.BadUsage;
        var outcomes = new DefinitionOutcomes(notes, ExperimentsCommand.IsVerbose(parsed));
        foreach (var definition in definitions)
            await outcomes.ServeAsync(definition.Name, () => serve(definition), exception => Unusable(exception, notes)).ConfigureAwait(false);
        outcomes.Print();
        return outcomes.ExitCode;
    }

    /// <summary>These commands read and write files that the user named; a disk that refuses is nothing that the tool can mend.</summary>
    private static Outcome? Unusable(Exception exception, TextWriter notes)
    {
        if (!ToolFailure.IsOfTheDisk(exception))
            return null;
        notes.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Error(exception.Message));
        return new Outcome(ExitCodes.BadUsage, $"not done ({EnvironmentDiagnostics.CannotWriteFile.Code})");
    }

    public string RootOf(ParseResult parsed) => Path.GetFullPath(parsed.GetRequiredValue(Root));

    /// <summary>The sweep that a command is about.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="sweep">The option that names it; null: there is none.</param>
    /// <param name="form">How the command prints.</param>
    public SweepOptions SweepOf(ParseResult parsed, Option<string?>? sweep, OutputOption form) =>
        new() { Root = RootOf(parsed), SweepId = sweep is null ? null : parsed.GetValue(sweep), Notes = form.NotesOf(parsed) };

    public PlanOptions PlanOptionsOf(ParseResult parsed) => new()
    {
        Filters = parsed.GetValue(Filters) ?? [],
        Shard = parsed.GetValue(Shard),
        Repeats = parsed.GetValue(Repeats),
        Seed = parsed.GetValue(Seed),
    };

    /// <summary>The files that a pattern means, where no shell has put them in its place; what matches nothing stays, to be told.</summary>
    private static IEnumerable<string> Matching(string file)
    {
        var folder = Path.GetDirectoryName(file) is { Length: > 0 } named ? named : ".";
        if (!file.Contains('*', StringComparison.Ordinal) || File.Exists(file) || !Directory.Exists(folder))
            return [file];
        var matches = Directory.GetFiles(folder, Path.GetFileName(file)).Order(StringComparer.Ordinal).ToList();
        return matches.Count == 0 ? [file] : matches.Select(match => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(match)));
    }
}
