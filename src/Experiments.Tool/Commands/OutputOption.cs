using System.CommandLine;
using Experiments.Reports.Console;
using Experiments.Reports.Files;
using Experiments.Tool.Running;

namespace Experiments.Tool.Commands;

/// <summary><c>--output table|json</c>, wherever a table is printed.</summary>
internal sealed class OutputOption : Option<string>
{
    public OutputOption()
        : base("--output")
    {
        Description = "How to print: for people, or one JSON document; of several definitions a list.";
        DefaultValueFactory = _ => "table";
        AcceptOnlyFromAmong("table", "json");
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(this) == "json";

    /// <summary>Where all but the document goes: with JSON, standard output is the document alone.</summary>
    public TextWriter NotesOf(ParseResult parsed) => IsJson(parsed) ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output;

    /// <summary>What takes the documents; null where a table is asked for. Disposing it prints them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="definitions">How many definitions are served.</param>
    public JsonDocuments? Documents(ParseResult parsed, int definitions) => IsJson(parsed) ? new JsonDocuments(parsed.InvocationConfiguration.Output, definitions > 1) : null;

    /// <summary>Prints a report: its table, diagnostics and verdict, or what <c>results.json</c> holds.</summary>
    public static async Task ShowAsync(ParseResult parsed, SweepRun run, JsonDocuments? documents)
    {
        if (documents is not null)
        {
            documents.Add(ResultsJson.Render(run.Report));
            return;
        }

        var output = parsed.InvocationConfiguration.Output;

        await using var console = ConsoleReporter.ForStandardOutput(new ConsoleReporterOptions { TrackingUri = null }, output);
        await console.SweepFinishedAsync(run.Report, CancellationToken.None).ConfigureAwait(false);
        output.WriteLine($"Results: {Path.GetRelativePath(".", run.Folder)}");
    }
}
