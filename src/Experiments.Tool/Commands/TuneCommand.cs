using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Tool.Running;
using Experiments.Tuning;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments tune</c>.</summary>
internal static class TuneCommand
{
    public static Command Create()
    {
        var script = new Argument<string>("script") { Description = "The Python script that trains, or a definition (.yaml, .json) of one, whose axes bound what is tried." };
        var rest = new Argument<string[]>("arguments") { Description = "Its arguments, after --.", Arity = ArgumentArity.ZeroOrMore };
        var budget = new Option<double>("--budget") { Description = "Minutes that measuring may take, beside start-up and confirmation.", DefaultValueFactory = _ => 3, HelpName = "minutes" };
        var within = new Option<double>("--within") { Description = "How near to the best is near enough, in percent.", DefaultValueFactory = _ => 3, HelpName = "percent" };
        var workers = new Option<string?>("--num_workers") { Description = "Worker counts to choose among, such as 0,2,4; default: any.", HelpName = "list" };
        var pair = new Option<double>("--pair") { Description = "Seconds that the winner and the script's own setting run side by side, in turns, to confirm the answer; 0: not at all.", DefaultValueFactory = _ => 30, HelpName = "seconds" };
        var confirmations = new Option<int>("--confirm") { Description = "Whole trials of both, for their peak memory; 0: none.", DefaultValueFactory = _ => 1, HelpName = "n" };
        var python = new Option<string?>("--python") { Description = "The interpreter; default: the active environment's, then the first on PATH that has torch.", HelpName = "program" };
        foreach (var positive in new[] { budget, within })
        {
            positive.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => double.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value is not (> 0 and < 10_000)))
                    result.AddError($"{positive.Name} must be above 0.");
            });
        }

        pair.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => double.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value is not (>= 0 and < 10_000)))
                result.AddError($"{pair.Name} takes seconds from 0.");
        });
        var root = new Option<string>("--root") { Description = "Folder where sweeps live.", DefaultValueFactory = _ => ".experiments", HelpName = "folder" };
        var output = new OutputOption();
        var command = new Command("tune", """
            Finds the num_workers, prefetch_factor and pin_memory that this training needs on this machine, in one run: the script starts once, unchanged, and its
            loader is swapped between segments of an epoch; no sample is lost. Prints a row for each setting, the best, what it gains, and the line to paste.

            Examples:
              experiments tune run.py
              experiments tune run.py -- --dataset MELD-DA --train
              experiments tune run.py --budget 1 --num_workers 0,2,4,8 -- --train
              experiments tune experiments/meld-da.yaml
            """) { script, rest, budget, within, workers, pair, confirmations, python, root, output };
        command.SetAction(async (parsed, _) =>
        {
            var notes = output.NotesOf(parsed);
            using var stop = new StopRequests(whenStandardInputCloses: false);
            if (Counts(parsed.GetValue(workers), notes) is not { } counts)
                return ExitCodes.BadUsage;
            var file = parsed.GetRequiredValue(script);
            var request = new TuneRequest
            {
                Script = file, Arguments = parsed.GetValue(rest) ?? [], Python = parsed.GetValue(python),
                Workers = counts.Count == 0 ? null : counts, Budget = TimeSpan.FromMinutes(parsed.GetValue(budget)), Within = parsed.GetValue(within) / 100,
                PairBudget = TimeSpan.FromSeconds(parsed.GetValue(pair)), Confirmations = parsed.GetValue(confirmations), Progress = new SegmentLines(notes),
            };
            try
            {
                var options = new RunOptions { Root = parsed.GetRequiredValue(root), Notes = notes, Force = stop.Forced };
                var codes = new List<int>();
                if (IsDefinition(file))
                {
                    if (DefinitionLoading.Read([file], notes) is not { } definitions)
                        return ExitCodes.BadUsage;
                    using var documents = output.Documents(parsed, definitions: 2); // a list: one for each combination of the other axes
                    await foreach (var run in Experiment.TuneAsync(definitions[0], request, options, stop.Requested).ConfigureAwait(false))
                        Show(run, documents);
                }
                else
                {
                    using var documents = output.Documents(parsed, definitions: 1);
                    Show(await Experiment.TuneAsync(request, options, stop.Requested).ConfigureAwait(false), documents);
                }

                return stop.Requested.IsCancellationRequested ? ExitCodes.Cancelled : ExitCodes.Worst(codes);

                void Show(TuneRun run, JsonDocuments? documents)
                {
                    if (run.Report is not null)
                        documents?.Add(JsonSerializer.Serialize(run.Report, ExperimentsJson.Indented.TuningReport));
                    TuningOutput.Write(run, file, notes);
                    codes.Add(run.ExitCode);
                }
            }
            catch (DiagnosticException problem)
            {
                notes.WriteLine(problem.Diagnostic);
                return ExitCodes.BadUsage;
            }
        });
        return command;
    }

    private static bool IsDefinition(string file) => Path.GetExtension(file).ToLowerInvariant() is ".yaml" or ".yml" or ".json";

    private static List<int>? Counts(string? text, TextWriter notes)
    {
        var counts = new List<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1024)
            {
                notes.WriteLine($"--num_workers takes whole numbers from 0 to 1024, such as 0,2,4: not \"{VisibleText.Of(part)}\"");
                return null;
            }

            counts.Add(count);
        }

        return counts;
    }
}
