using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>A nightly that must end: what was left out is named and never green.</summary>
public sealed class MaxTimeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task When_the_time_is_over_no_trial_begins_and_what_is_left_is_named_and_continued_later()
    {
        // The first trial outlasts the time of the whole run; it is waited for.
        _workspace.Write("train.sh", "[ -e long ] || { touch long; sleep 9; }\n" + Trainings.Good);
        _workspace.Write("a.yaml", Definition("first"));
        _workspace.Write("b.yaml", Definition("second"));

        var run = await _workspace.RunAsync("run", "a.yaml", "b.yaml", "--max-time", "8s");

        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("a.yaml(3,", StringComparison.Ordinal) && line.Contains("warning EXP3047: 2 of 3 trials did not begin before ", StringComparison.Ordinal)
            && line.Contains("num_workers=1 #1", StringComparison.Ordinal) && line.Contains("num_workers=2 #1", StringComparison.Ordinal));
        Assert.Contains(run.Lines, line => line.Contains("error EXP2014: 2 of 3 planned trials", StringComparison.Ordinal));
        Assert.Equal(["first: not measured", "second: not run (EXP3047)", "All 2 experiments: a trial failed or was not measured (exit code 3)"], run.Lines.TakeLast(3));

        var resumed = await _workspace.RunAsync("run", "a.yaml", "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.ToString());
        Assert.DoesNotContain("EXP3047", resumed.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0s")]
    [InlineData("soon")]
    public async Task A_time_that_is_none_is_refused(string time)
    {
        _workspace.Write("a.yaml", Definition("first"));

        var run = await _workspace.RunAsync("run", "a.yaml", "--max-time", time);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--max-time is \"{time}\"; expected a duration such as 2h, 90m or 1h30m", run.Error, StringComparison.Ordinal);
    }

    private static string Definition(string name) => $"name: {name}\ntrain: {{command: [sh, train.sh], steps: 8, warmup_steps: 2}}\nmatrix: {{num_workers: [0, 1, 2]}}";
}
