using System.CommandLine;
using System.Text.Json;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Results;
using Experiments.Reports.Tables;

namespace Experiments.Tool.Commands;

/// <summary><c>experiments advise</c>.</summary>
internal static class AdviseCommand
{
    public static Command Create()
    {
        var arguments = new DefinitionArguments();
        var workers = new Option<int[]>("--num_workers") { Description = "Foresee the peak memory with this many workers. May be repeated.", HelpName = "n" };
        workers.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => int.TryParse(token.Value, out var count) && count is < 0 or > 1024))
                result.AddError("--num_workers must be 0 to 1024.");
        });
        var sweep = new Option<string?>("--sweep") { Description = "The sweep to draw from; default: the latest finished one.", HelpName = "id" };
        var output = new OutputOption();
        var command = new Command("advise", """
            Prints the recommended configuration of each dataset, and how memory follows from num_workers: the largest that fits, and the peak
            of any count asked for. Runs nothing.

            Example: experiments advise experiments/meld-da.yaml --num_workers 16
            """) { workers, sweep, output };
        arguments.AddFilesTo(command);
        command.SetAction(async (parsed, _) =>
        {
            using var documents = output.Documents(parsed, arguments.FilesOf(parsed).Length);
            return await arguments.ForEachAsync(parsed, output.NotesOf(parsed), definition =>
            {
                var report = Experiment.Advise(definition, arguments.SweepOf(parsed, sweep, output), parsed.GetValue(workers) ?? []);
                if (documents is not null)
                    documents.Add(JsonSerializer.Serialize(report, ExperimentsJson.Indented.AdviceReport));
                else
                    Write(report, parsed.InvocationConfiguration.Output);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        });
        return command;
    }

    private static void Write(AdviceReport report, TextWriter output)
    {
        output.WriteLine($"{report.Experiment}, sweep {report.SweepId}");
        foreach (var advice in report.Advice)
        {
            output.WriteLine($"Recommended: {SweepFacts.Recommendation(advice)}");
            foreach (var reason in advice.Reasons)
                output.WriteLine($"  {VisibleText.Of(reason)}");
        }

        foreach (var memory in report.Memory)
        {
            var (low, high) = Quantity.Bytes(memory.PerWorkerLowBytes, memory.PerWorkerHighBytes);
            output.WriteLine($"Memory{(memory.Name.Length == 0 ? "" : $" of {VisibleText.Of(memory.Name)}")}: {Quantity.Bytes(memory.BaseBytes)} and {Quantity.Bytes(memory.PerWorkerBytes)} ({low} to {high}) a worker");
            if (memory.LimitBytes is { } limit)
                output.WriteLine($"  largest num_workers within {Quantity.Bytes(limit)}: {(memory.LargestNumWorkers is not { } most ? "none" : FormattableString.Invariant($"{most}{(memory.SharedMemoryBound == most ? ", by what is left of /dev/shm" : most == memory.MostConsidered ? " (no more were considered)" : "")}"))}");
            foreach (var forecast in memory.Asked)
            {
                (low, high) = Quantity.Bytes(forecast.LowBytes, forecast.HighBytes);
                output.WriteLine(FormattableString.Invariant($"  num_workers={forecast.NumWorkers}: {Quantity.Bytes(forecast.PeakBytes)} ({low} to {high}){(forecast.IsBlowUp ? ", foreseen to blow up" : "")}"));
            }

            output.WriteLine($"  {VisibleText.Of(memory.Evidence)}");
        }

        if (report.Memory.Count == 0)
            output.WriteLine("Memory: too little is measured; it takes trials with two worker counts at least");
    }
}
