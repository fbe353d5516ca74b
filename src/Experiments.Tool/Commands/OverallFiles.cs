using System.CommandLine;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Journal;
using Experiments.Reports.Files;

namespace Experiments.Tool.Commands;

/// <summary><c>--junit</c> and <c>--summary</c>: one file over all definitions of a command, at a place that the user names.</summary>
internal sealed class OverallFiles
{
    private readonly Option<string?> _junit = new("--junit") { Description = "Write one JUnit file over all definitions, those that could not run among them.", HelpName = "file" };
    private readonly Option<string?> _summary = new("--summary") { Description = "Write one Markdown summary over all definitions.", HelpName = "file" };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_junit);
        command.Options.Add(_summary);
    }

    /// <summary>Writes the files that are asked for; what a disk refuses is said.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="reports">The reports of the definitions that have one.</param>
    /// <param name="outcomes">All definitions, by name, and what came of each.</param>
    /// <param name="notes">Where it is said.</param>
    /// <returns>Whether all of them are written.</returns>
    public bool Write(ParseResult parsed, IReadOnlyList<SweepReport> reports, IEnumerable<(string Name, string Words)> outcomes, TextWriter notes)
    {
        var others = outcomes.Where(one => reports.All(report => report.Sweep.Experiment != one.Name)).ToArray();
        try
        {
            Write(parsed.GetValue(_junit), () => JunitXml.Render(reports, others));
            Write(parsed.GetValue(_summary), () => SummaryMarkdown.Render(reports, others));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            notes.WriteLine(EnvironmentDiagnostics.CannotWriteFile.Error(exception.Message));
            return false;
        }
    }

    private static void Write(string? file, Func<string> text)
    {
        if (file is null)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        AtomicFile.WriteAllText(file, text());
    }
}
