using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core;
using Experiments.Core.Events;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Reports.Tables;
using Spectre.Console;

namespace Experiments.Reports.Console;

/// <summary>Follows a sweep on the console: a live bar in a terminal, plain lines elsewhere; in the end table, diagnostics and verdict.</summary>
public sealed class ConsoleReporter : ISweepObserver, IAsyncDisposable
{
    /// <summary>Wide enough that no line of a log is broken, and no column left out.</summary>
    private const int LogWidth = 100_000;

    private readonly IAnsiConsole console;
    private readonly ConsoleReporterOptions options;
    private RemainingTime? remaining;
    private LiveLine? live;
    private string? folder;
    private PlannedTrial? running;
    private long runningSince;
    private int steps;
    private double measuredSeconds;
    private TrainingTask? task;

    /// <summary>Reports to a console.</summary>
    /// <param name="console">The console; live when it is interactive and knows ANSI sequences.</param>
    /// <param name="options">What is shown besides; null: the defaults.</param>
    public ConsoleReporter(IAnsiConsole console, ConsoleReporterOptions? options = null) =>
        (this.console, this.options) = (console, options ?? new ConsoleReporterOptions());

    /// <inheritdoc />
    public string Name => "console";

    private bool IsLive => console.Profile.Capabilities is { Interactive: true, Ansi: true } && console.Profile.Out.IsTerminal;

    /// <summary>Reports to standard output, or to standard error where standard output is for a program to read.</summary>
    /// <param name="options">What is shown besides; null: the defaults.</param>
    /// <param name="writer"><see cref="System.Console.Error"/>; null: standard output.</param>
    public static ConsoleReporter ForStandardOutput(ConsoleReporterOptions? options = null, TextWriter? writer = null)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer ?? System.Console.Out) });
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = LogWidth;
        return new ConsoleReporter(console, options);
    }

    /// <inheritdoc />
    public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken)
    {
        folder = sweep.Folder;
        remaining = new RemainingTime(sweep.Plan.Trials, sweep.Done);
        task = sweep.Definition.Train;
        var resumed = sweep.Done.Count == 0 ? "" : $", {Quantity.Count(sweep.Done.Count, "trial")} already done";
        Line($"{sweep.Definition.Name}: {Quantity.Count(sweep.Plan.Configurations.Count, "configuration")}, {Quantity.Count(sweep.Plan.Trials.Count, "trial")}{resumed}; sweep {sweep.SweepId}");
        if (IsLive)
            live = new LiveLine(console.Profile.Out.Writer, () => console.Profile.Width);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken)
    {
        (running, steps, measuredSeconds, runningSince) = (trial, 0, 0, options.TimeProvider.GetTimestamp());
        if (remaining is { } known && !known.Expects(trial))
            known.Add(trial);
        Show();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken)
    {
        foreach (var step in events.OfType<StepEvent>())
        {
            steps = Math.Max(steps, step.Step);
            measuredSeconds += step.Step > task?.WarmupSteps ? step.StepSeconds : 0;
        }

        Show();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken)
    {
        running = null;
        remaining?.Finish(result);
        var count = string.Create(CultureInfo.InvariantCulture, $"[{remaining?.Finished}/{remaining?.Total}]");
        var left = live is null && remaining?.Estimate(TimeSpan.Zero) is { } time && remaining.Finished < remaining.Total ? $"; {SweepFacts.Duration(time)} left" : "";
        Line($"{count} {TrialLine.Of(result)}{left}", result.IsMeasured ? null : "red");
        Show();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask PairFinishedAsync(PairComparison pair, CancellationToken cancellationToken)
    {
        Line($"[old and new code] {ComparisonText.LineOf(pair)}", pair.Verdict == PairVerdict.NotSlower ? null : "red");
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken)
    {
        Stop();
        console.WriteLine();
        var table = ResultTable.Of(report);
        foreach (var line in FinalTable.Of(table).Lines(console.Profile.Width))
            console.MarkupLine(line.Row < 0 ? Markup.Escape(line.ToString()) : $"{Markup.Escape(line.Text)}[{VerdictMark.Color(table.Rows[line.Row].Verdict)}]{Markup.Escape(line.Last)}[/]");
        console.WriteLine();
        foreach (var line in Closing.Advice(report))
            Line(line);
        foreach (var diagnostic in SweepFacts.Diagnostics(report))
            Raw(diagnostic.ToString());
        console.WriteLine();
        Line(Closing.Verdict(report), VerdictMark.Color(report.Assessment.Verdict));
        foreach (var line in Closing.Recommendations(report))
            Line(line);
        foreach (var line in Closing.Places(folder, options))
            Raw(line);
        return ValueTask.CompletedTask;
    }

    /// <summary>Removes the bar, also from a sweep that did not come to its end.</summary>
    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Stop()
    {
        live?.Clear();
        live = null;
    }

    private void Show()
    {
        if (live is null || remaining is null)
            return;
        var trialShare = running is null ? 0 : Share();
        var spent = running is null ? TimeSpan.Zero : options.TimeProvider.GetElapsedTime(runningSince);
        var time = remaining.Estimate(spent) is { } left ? $", {SweepFacts.Duration(left)} left" : "";
        var doing = running is null ? "" : $" {TrialLine.Name(running)}";
        live.Show(
            (remaining.Finished + trialShare) / Math.Max(1, remaining.Total),
            string.Create(CultureInfo.InvariantCulture, $"{remaining.Finished}/{remaining.Total}{time}{doing}"));
    }

    /// <summary>How much of the running trial is done, 0 to 1.</summary>
    private double Share() => task is not { } train ? 0 : Math.Min(
        (double)steps / Math.Max(1, train.WarmupSteps + (train.Steps ?? MeasuringTime.LeastSteps)), train.Steps is null ? Math.Min(1, measuredSeconds / MeasuringTime.Seconds) : 1);

    private void Line(string text, string? color = null)
    {
        live?.Clear();
        foreach (var part in LineFolding.Fold(VisibleText.Of(text), console.Profile.Width))
            console.MarkupLine(color is null ? Markup.Escape(part) : $"[{color}]{Markup.Escape(part)}[/]");
    }

    /// <summary>A line for programs, or to copy: never wrapped, whatever the width.</summary>
    private void Raw(string text)
    {
        console.Profile.Out.Writer.WriteLine(text);
        console.Profile.Out.Writer.Flush();
    }
}
