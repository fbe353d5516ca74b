using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>Two sweeps on one machine, in a queue of the test's own.</summary>
public sealed class QueueTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly Dictionary<string, string> _queue;

    public QueueTests()
    {
        _queue = new Dictionary<string, string> { ["EXPERIMENTS_QUEUE"] = Path.Combine(_workspace.Folder, "queue") };
        _workspace.Write("first.sh", "touch began; until [ -e go ]; do sleep 0.05; done\n" + Trainings.Good);
        _workspace.Write("second.sh", "[ -e go ] && touch waited\n" + Trainings.Good);
        _workspace.Write("first.yaml", Definition("first", "first.sh"));
        _workspace.Write("second.yaml", Definition("second", "second.sh"));
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_second_sweep_waits_for_the_first_and_says_so()
    {
        var first = _workspace.RunAsync(_queue, "run", "first.yaml");
        await UntilAsync(() => Exists("began"));
        using var second = ToolRun.Start(_workspace.Folder, _queue, ["run", "second.yaml"]);
        var line = await second.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("second waits for another sweep on this machine (first, process ", line, StringComparison.Ordinal);
        _workspace.Write("go", "");

        Assert.Equal(0, (await first).ExitCode);
        var rest = await second.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(second.ExitCode == 0, rest);
        Assert.True(Exists("waited"));
        Assert.DoesNotContain("EXP3048", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_queue_it_runs_beside_the_first_and_its_results_say_so()
    {
        var first = _workspace.RunAsync(_queue, "run", "first.yaml");
        await UntilAsync(() => Exists("began"));

        var second = await _workspace.RunAsync(_queue, "run", "second.yaml", "--no-queue");
        var again = await _workspace.RunAsync("gate", "second.yaml");
        _workspace.Write("go", "");

        Assert.Equal(0, second.ExitCode);
        Assert.False(Exists("waited"));
        Assert.Contains(second.Lines, line => line.Contains("warning EXP3048: another sweep ran on this machine (first, process ", StringComparison.Ordinal));
        Assert.Contains("EXP3048", again.Output, StringComparison.Ordinal); // it stands in the results, however they are judged
        Assert.Equal(0, (await first).ExitCode);
    }

    [Fact]
    public async Task A_sweep_that_a_trial_starts_does_not_wait_for_its_own()
    {
        var tool = $"dotnet exec '{BuiltProgram.PathOf("Experiments.Tool")}'";
        _workspace.Write("outer.sh", $"{tool} run second.yaml >inner.log 2>&1 || exit 1\n{Trainings.Good}");
        _workspace.Write("outer.yaml", Definition("outer", "outer.sh"));

        var run = await _workspace.RunAsync(_queue, "run", "outer.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Verdict: pass", File.ReadAllText(Path.Combine(_workspace.Folder, "inner.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_holder_that_dies_keeps_nobody_waiting()
    {
        using (var first = ToolRun.Start(_workspace.Folder, _queue, ["run", "first.yaml"]))
        {
            await UntilAsync(() => Exists("began"));
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        _workspace.Write("go", "");
        var second = await _workspace.RunAsync(_queue, "run", "second.yaml");

        Assert.True(second.ExitCode == 0, second.ToString());
    }

    private bool Exists(string file) => File.Exists(Path.Combine(_workspace.Folder, file));

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private static string Definition(string name, string script) => $"name: {name}\ntrain: {{command: [sh, {script}], steps: 8, warmup_steps: 2}}\nmatrix: {{num_workers: [0]}}";
}
