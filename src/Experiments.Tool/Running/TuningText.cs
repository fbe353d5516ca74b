using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core;
using Experiments.Core.Pairs;
using Experiments.Core.Tuning;
using Experiments.Reports.Console;
using Experiments.Tuning;

namespace Experiments.Tool.Running;

/// <summary>Prints the answer of a tuning.</summary>
internal static class TuningText
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

        output.WriteLine();
        TuningTable.Of(report).WriteTo(output);
        output.WriteLine();
        if (run.Reason is { } reason)
            output.WriteLine(VisibleText.Of($"Measured by whole epochs: {reason}"));
        if (report.Ceiling is { } ceiling)
            output.WriteLine(Text($"Ceiling: {ceiling:0.#} samples/s if batches cost nothing ({(report.IsCeilingMeasured ? "measured" : "computed from the wait")})"));
        foreach (var sentence in report.Reasons)
            output.WriteLine(VisibleText.Of(sentence));
        if (report.Chosen is not { } chosen)
            return;
        output.WriteLine(Text($"Your setting: {report.Own}"));
        output.WriteLine(Text($"Recommended:  {chosen}"));
        if (report.Pair is { } pair)
            output.WriteLine(Pair(pair));
        if (run.Confirmation is { } confirmation)
            Confirmed(confirmation, output);
        output.WriteLine(Text($"Paste: DataLoader(…, {string.Join(", ", Arguments(chosen))})"));
        output.WriteLine(Text($"It took {report.Seconds:0} s of one run of {VisibleText.Of(Path.GetFileName(file))}."));
    }

    private static string Pair(PairComparison pair) => pair.Blocks == 0 || !double.IsFinite(pair.ChangeHigh)
        ? VisibleText.Of($"Side by side: {pair.Note ?? "too little was measured"}")
        : Text($"Side by side: {VisibleText.Of(pair.Configuration)}: × {1 + pair.Change:0.00} ({1 + pair.ChangeLow:0.00} to {1 + pair.ChangeHigh:0.00}), fresh processes in turns, {Quantity.Count(pair.Starts, "start")} each");

    private static void Confirmed(SweepRun confirmation, TextWriter output)
    {
        output.WriteLine("Whole trials:");
        foreach (var one in confirmation.Report.Assessment.Configurations)
            output.WriteLine(Text($"  {one.Configuration.Name}: {one.SamplesPerSecond:0.#} samples/s, peak memory {(one.PeakMegabytes is { } peak ? Quantity.Bytes(peak * 1024 * 1024) : "not measured")} ({Quantity.Count(one.MeasuredTrials, "trial")})"));
    }

    private static IEnumerable<string> Arguments(LoaderSetting setting)
    {
        yield return Text($"num_workers={setting.NumWorkers}");
        if (setting.PrefetchFactor is { } ahead)
            yield return Text($"prefetch_factor={ahead}");
        if (setting.PinMemory)
            yield return "pin_memory=True";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
