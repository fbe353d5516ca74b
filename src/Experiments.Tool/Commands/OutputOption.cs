using System.CommandLine;
using Experiments.Core.Results;
using Experiments.Reports.Console;
using Experiments.Reports.Files;

namespace Experiments.Tool.Commands;

/// <summary><c>--output table|json</c>, wherever a table is printed.</summary>
internal sealed class OutputOption : Option<string>
{
    public OutputOption()
        : base("--output")
    {
        Description = "How to print: for people, or one JSON document a definition.";
        DefaultValueFactory = _ => "table";
        AcceptOnlyFromAmong("table", "json");
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(this) == "json";

    /// <summary>Where all but the document goes: with JSON, standard output is the document alone.</summary>
    public TextWriter NotesOf(ParseResult parsed) => IsJson(parsed) ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output;

    /// <summary>Prints a report: its table, diagnostics and verdict, or what <c>results.json</c> holds.</summary>
    public async Task ShowAsync(ParseResult parsed, SweepReport report, string folder)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (IsJson(parsed))
        {
            output.Write(ResultsJson.Render(report));
            return;
        }

        await using var console = ConsoleReporter.ForStandardOutput(new ConsoleReporterOptions { TrackingUri = null }, output);
        await console.SweepFinishedAsync(report, CancellationToken.None).ConfigureAwait(false);
        output.WriteLine($"Results: {Path.GetRelativePath(".", folder)}");
    }
}
