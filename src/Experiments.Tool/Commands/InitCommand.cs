using System.CommandLine;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Tool.Running;
using Experiments.Tool.Starting;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments init</c>.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var place = new Argument<string>("folder") { Description = "The project's folder, or the script to sweep.", DefaultValueFactory = _ => "." };
        var synthetic = new Option<bool>("--synthetic") { Description = "Do not look: write one for the built-in task on synthetic data, which runs as it is." };
        var ci = new Option<string?>("--ci") { Description = "Write the workflows of a CI system instead: pull requests, nights, baselines.", HelpName = "github|gitlab|azure" };
        var shards = new Option<int>("--shards") { Description = "With --ci: how many machines share a night.", DefaultValueFactory = _ => 4, HelpName = "n" };
        ci.AcceptOnlyFromAmong(CiFiles.Systems);
        shards.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => int.TryParse(token.Value, out var value) && value is < 1 or > 256))
                result.AddError("--shards takes a whole number from 1 to 256.");
        });
        var command = new Command("init", """
            Writes a first definition, experiments/NAME.yaml, by looking at the project. It looks for Python scripts that load and train, run by
            their path or as modules, and for TorchSharp tasks, and says what it took and why. Of several it asks which one is meant; without a
            terminal it takes only one that is clear. An existing definition is not touched; .gitignore gets the lines that it lacks.
            With --ci it writes, for definitions that are there, workflows that a team commits as they are.

            Examples:
              experiments init
              experiments init services/ranking
              experiments init src/train.py
              experiments init --synthetic
              experiments init --ci github
            """) { place, synthetic, ci, shards };
        command.SetAction(parsed =>
        {
            try
            {
                if (parsed.GetValue(ci) is { } system)
                    CiStart.Run(Path.GetFullPath(parsed.GetRequiredValue(place)), system, parsed.GetValue(shards), parsed.InvocationConfiguration.Output);
                else
                    Run(parsed.GetRequiredValue(place), parsed.GetValue(synthetic), parsed.InvocationConfiguration.Output);
                return ExitCodes.Pass;
            }
            catch (DiagnosticException problem)
            {
                parsed.InvocationConfiguration.Error.WriteLine(problem.Diagnostic);
                return ExitCodes.BadUsage;
            }
            catch (Exception problem) when (ToolFailure.IsOfTheDisk(problem))
            {
                parsed.InvocationConfiguration.Error.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Error(problem.Message));
                return ExitCodes.BadUsage;
            }
        });
        return command;
    }

    private static void Run(string place, bool isSynthetic, TextWriter output)
    {
        var look = LookAt(place, isSynthetic);
        var name = FirstDefinition.NameOf(look.Folder);
        var file = Path.Combine(look.Folder, "experiments", name + ".yaml");
        var shown = Path.GetRelativePath(".", file);
        if (File.Exists(file))
            throw Problem(DefinitionDiagnostics.CannotBegin, $"{shown} is there already; it was not touched. To begin anew, move it away");
        var candidate = isSynthetic ? null : Choose(look, output);
        var isIgnoring = FirstFiles.Write(look.Folder, file, FirstDefinition.Write(name, candidate));
        output.WriteLine(candidate is null ? "the built-in task on synthetic data: it shows this machine, not a training of yours" : VisibleText.Of($"{candidate.File}: {candidate.Reason}"));
        foreach (var other in look.Candidates.Where(other => other != candidate).Take(5))
            output.WriteLine(VisibleText.Of($"  not taken: {other.File} (experiments init {look.NameOf(other)})"));
        if (candidate?.Required.Count > 0)
            output.WriteLine(VisibleText.Of($"  it does not start without {string.Join(", ", candidate.Required)}: add them to args in {shown}"));
        output.WriteLine(VisibleText.Of($"wrote {shown}{(isIgnoring ? " and " + Path.GetRelativePath(".", Path.Combine(look.Folder, ".gitignore")) : "")}") + "\nnext:");
        if (Path.GetFullPath(".") != look.Folder)
            output.WriteLine(VisibleText.Of($"  cd {Path.GetRelativePath(".", look.Folder)}"));
        if (candidate?.Assembly is { } assembly && !File.Exists(Path.Combine(look.Folder, assembly)))
            output.WriteLine("  dotnet build -c Release");
        output.WriteLine("  experiments run");
        output.WriteLine("  experiments baseline accept     once a sweep has passed: those that follow are compared with it");
    }

    private static ProjectLook LookAt(string place, bool isSynthetic)
    {
        var named = Path.GetFullPath(place.Length == 0 ? "." : place);
        if (Directory.Exists(named))
            return isSynthetic ? ProjectLook.Of(named, []) : ProjectLook.At(named);
        if (!File.Exists(named))
            throw Problem(DefinitionDiagnostics.CannotBegin, $"{place} does not exist; name the project's folder, or a script");
        var here = Path.GetFullPath(".");
        var folder = named.StartsWith(Path.TrimEndingDirectorySeparator(here) + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? here : Path.GetDirectoryName(named)!;
        return ProjectLook.OfScript(folder, Path.GetRelativePath(folder, named).Replace(Path.DirectorySeparatorChar, '/'))
            ?? throw Problem(DefinitionDiagnostics.NothingToTrain, $"{place} is no Python script; {Remedy([])}");
    }

    private static Candidate Choose(ProjectLook look, TextWriter output)
    {
        if (look.Clear is { } clear)
            return clear;
        if (look.Candidates.Count == 0)
        {
            var notebooks = look.Notebooks.Count == 0 ? "" : $" but {Quantity.Count(look.Notebooks.Count, "notebook")} such as {look.Notebooks[0]}";
            throw Problem(DefinitionDiagnostics.NothingToTrain, $"in {look.Folder} there is no script that makes a DataLoader and trains, nor a class that implements ITrainingTask ({look.Scripts} Python files read){notebooks}; {Remedy(look.Notebooks)}");
        }

        return Ask(look, output) ?? throw Problem(
            DefinitionDiagnostics.SeveralToTrain,
            $"several could be meant: {string.Join("; ", look.Candidates.Take(10).Select(candidate => $"{candidate.File} ({candidate.Reason})"))}; name one, such as: experiments init {look.NameOf(look.Candidates[0])}");
    }

    private static string Remedy(IReadOnlyList<string> notebooks) =>
        (notebooks.Count > 0 ? $"make a script of one (jupyter nbconvert --to script {notebooks[0]}), " : "") + "name a script (experiments init PATH), or take the built-in task: experiments init --synthetic";

    /// <summary>Asks a person; null where there is none, or no answer.</summary>
    private static Candidate? Ask(ProjectLook look, TextWriter output)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
            return null;
        output.WriteLine("Several trainings are here:");
        foreach (var (index, candidate) in look.Candidates.Index())
            output.WriteLine(VisibleText.Of($"  {index + 1}  {candidate.File}: {candidate.Reason}"));
        for (var tries = 0; tries < 3; tries++)
        {
            output.Write("Which one is swept? [1] ");
            if (Console.In.ReadLine() is not { } answer)
                return null;
            if (answer.Trim().Length == 0)
                return look.Candidates[0];
            if (int.TryParse(answer, out var number) && number >= 1 && number <= look.Candidates.Count)
                return look.Candidates[number - 1];
            output.WriteLine(VisibleText.Of($"There is no \"{answer.Trim()}\"; 1 to {look.Candidates.Count} can be chosen."));
        }

        return null;
    }

    private static DiagnosticException Problem(DiagnosticRule rule, string message) => new(rule.Error(message));
}
