using System.Text.RegularExpressions;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Reports.Console;
using Spectre.Console.Testing;

namespace Experiments.Reports.Tests.Console;

public partial class ConsoleReporterTests
{
    private static readonly CancellationToken Cancellation = CancellationToken.None;

    [Fact]
    public async Task A_log_is_as_committed()
    {
        using var console = new TestConsole();
        console.Profile.Width = 400;
        await using var reporter = new ConsoleReporter(console, new ConsoleReporterOptions { WorkingFolder = "/work" });

        await RunAsync(reporter);

        GoldenFile.Matches("console.txt", string.Join('\n', console.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public async Task A_window_of_that_width_shows_what_is_committed(int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        await using var reporter = new ConsoleReporter(console, new ConsoleReporterOptions { WorkingFolder = "/work" });

        await RunAsync(reporter);

        GoldenFile.Matches($"console-{width}.txt", string.Join('\n', console.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())));
        Assert.All(console.Output.Split('\n').Where(line => !line.Contains(" EXP", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, width));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(140)]
    public async Task Colour_changes_nothing_but_the_colour(int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        console.EmitAnsiSequences();
        await using var reporter = new ConsoleReporter(console, new ConsoleReporterOptions { WorkingFolder = "/work" });

        await RunAsync(reporter);

        var shown = string.Join('\n', console.Output.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd()));
        Assert.Equal(GoldenFile.Read($"console-{width}.txt"), ColourSequence().Replace(shown, ""));
        GoldenFile.Matches($"console-{width}-colour.txt", shown.Replace("\e", "␛", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_diagnostic_stays_on_one_line_in_a_narrow_window()
    {
        using var console = new TestConsole();
        console.Profile.Width = 40;
        await using var reporter = new ConsoleReporter(console);

        await RunAsync(reporter);

        Assert.Contains(
            console.Lines,
            line => line.StartsWith("experiments/meld-da.yaml(21,3): error EXP2001: peak memory 9.2 GiB exceeds 8.0 GiB", StringComparison.Ordinal)
                && line.EndsWith("pin_memory=false", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_remaining_time_is_that_of_the_trials_to_come()
    {
        var start = SampleReport.Start("/x");
        var remaining = new RemainingTime(start.Plan.Trials, []);
        Assert.Null(remaining.Estimate(TimeSpan.Zero));

        remaining.Finish(SampleReport.Sweep.Trials[0]);

        Assert.Equal(TimeSpan.FromSeconds(30 * 17 - 10), remaining.Estimate(TimeSpan.FromSeconds(10)));
        Assert.Equal((1, 18), (remaining.Finished, remaining.Total));
        remaining.Add(new PlannedTrial(SampleReport.Sweep.Configurations[0], 9));
        Assert.Equal((1, 19), (remaining.Finished, remaining.Total));
        await Task.CompletedTask;
    }

    private static async Task RunAsync(ConsoleReporter reporter)
    {
        var start = SampleReport.Start("/work/.experiments/meld-da/20261122-180000-abcd");
        await reporter.SweepStartedAsync(start with { Done = [SampleReport.Sweep.Trials[0]] }, Cancellation);
        foreach (var result in SampleReport.Sweep.Trials.Skip(1))
        {
            var trial = new PlannedTrial(result.Configuration, result.Repeat);
            await reporter.TrialStartedAsync(trial, Cancellation);
            await reporter.TrialProgressAsync(trial, [new StepEvent(3, 64, 0.1, 0.2, null)], Cancellation);
            await reporter.TrialFinishedAsync(result, Cancellation);
        }

        await reporter.SweepFinishedAsync(SampleReport.Report, Cancellation);
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex ColourSequence();
}
