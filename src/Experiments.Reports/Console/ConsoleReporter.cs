using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Reports.Tables;
using Spectre.Console;

namespace Experiments.Reports.Console;

/// <summary>Follows a sweep on the console: a live bar in a terminal, plain lines elsewhere; in the end table, diagnostics and verdict.</summary>
public sealed class ConsoleReporter : ISweepObserver, IAsyncDisposable
{
    /// <summary>Wide enough that no line of a log is broken.</summary>
    private const int LogWidth = 400;

    private readonly IAnsiConsole console;
    private readonly ConsoleReporterOptions options;
    private RemainingTime? remaining;
    private LiveProgress? live;
    private string? folder;
    private PlannedTrial? running;
    private long runningSince;
    private int steps;
    private int plannedSteps = 1;

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
    public async ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken)
    {
        folder = sweep.Folder;
        remaining = new RemainingTime(sweep.Plan.Trials, sweep.Done);
        plannedSteps = Math.Max(1, sweep.Definition.Train.WarmupSteps + sweep.Definition.Train.Steps);
        var resumed = sweep.Done.Count == 0 ? "" : $", {Quantity.Count(sweep.Done.Count, "trial")} already done";
        Line($"{sweep.Definition.Name}: {Quantity.Count(sweep.Plan.Configurations.Count, "configuration")}, {Quantity.Count(sweep.Plan.Trials.Count, "trial")}{resumed}; sweep {sweep.SweepId}");
        if (IsLive)
            live = await LiveProgress.StartAsync(console);
    }

    /// <inheritdoc />
    public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken)
    {
        (running, steps, runningSince) = (trial, 0, options.TimeProvider.GetTimestamp());
        if (remaining is { } known && !known.Expects(trial))
            known.Add(trial);
        Show();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken)
    {
        foreach (var step in events.OfType<StepEvent>())
            steps = Math.Max(steps, step.Step);
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
    public async ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken)
    {
        await StopAsync();
        console.WriteLine();
        console.Write(FinalTable.Of(ResultTable.Of(report)));
        foreach (var line in Closing.Advice(report))
            Line(line);
        foreach (var diagnostic in SweepFacts.Diagnostics(report))
            Raw(diagnostic.ToString());
        console.WriteLine();
        Line(Closing.Verdict(report), VerdictMark.Color(report.Assessment.Verdict));
        foreach (var line in Closing.Places(report, folder, options))
            Line(line);
    }

    /// <summary>Removes the bar, also from a sweep that did not come to its end.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async ValueTask StopAsync()
    {
        if (live is { } bar)
        {
            live = null;
            await bar.DisposeAsync();
        }
    }

    private void Show()
    {
        if (live is null || remaining is null)
            return;
        var trialShare = running is null ? 0 : Math.Min(1, (double)steps / plannedSteps);
        var spent = running is null ? TimeSpan.Zero : options.TimeProvider.GetElapsedTime(runningSince);
        var time = remaining.Estimate(spent) is { } left ? $", {SweepFacts.Duration(left)} left" : "";
        var doing = running is null ? "" : $" {TrialLine.Name(running)}";
        live.Show(
            (remaining.Finished + trialShare) / Math.Max(1, remaining.Total),
            string.Create(CultureInfo.InvariantCulture, $"{remaining.Finished}/{remaining.Total}{time}{doing}"));
    }

    private void Line(string text, string? color = null) => console.MarkupLine(color is null ? Markup.Escape(text) : $"[{color}]{Markup.Escape(text)}[/]");

    /// <summary>A line for programs: never wrapped, whatever the width.</summary>
    private void Raw(string text)
    {
        console.Profile.Out.Writer.WriteLine(text);
        console.Profile.Out.Writer.Flush();
    }
}
