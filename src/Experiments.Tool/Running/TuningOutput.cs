using Experiments.Core;
using Experiments.Reports.Console;
using Experiments.Tuning;

namespace Experiments.Tool.Running;

/// <summary>Prints the answer of a tuning.</summary>
internal static class TuningOutput
{
    public static void Write(TuneRun run, string file, TextWriter output)
    {
        if (run.Name.Length > 0)
            output.WriteLine(VisibleText.Of($"Tuned: {run.Name}"));
        if (run.Report is not { Rows.Count: > 0 } report)
        {
            output.WriteLine(VisibleText.Of($"Nothing was tuned: {run.Reason ?? "the script ended before a segment did"}"));
            return;
        }

        var text = new TuningText { Report = report, File = file, Reason = run.Reason, Confirmation = run.Confirmation?.Report };
        foreach (var line in text.Lines(WindowWidth.Of(output)))
            output.WriteLine(line);
    }
}
