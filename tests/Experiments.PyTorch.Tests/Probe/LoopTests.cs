using System.Globalization;
using System.Text;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>Only what trains is a step, and all of it is.</summary>
[Trait("Needs", "pytorch")]
public sealed class LoopTests
{
    private static readonly ProbeSettings Stop = new() { StopAfterSteps = true };

    [Theory]
    [InlineData("statistics_first")]
    [InlineData("validation_with_gradients")]
    [InlineData("validation_within_a_step")]
    [InlineData("one_validation_iterator")]
    [InlineData("gradients_first")]
    [InlineData("validation_by_gradients")]
    [InlineData("one_validation_batch")]
    [InlineData("adversarial")]
    [InlineData("not_shuffled")]
    public async Task Only_what_trains_is_a_step(string kind)
    {
        var (record, steps, samples) = await CountingTests.RunAsync("loops.py", [kind]);
        Assert.Equal((steps, samples), (record.Steps, record.Samples));
        Assert.False(record.StepsAreGuessed);
        if (kind is "validation_within_a_step" or "one_validation_iterator")
            Assert.True(record.StepSeconds < 1, $"validation of 1 s is in the steps: {record.StepSeconds} s");
    }

    [Theory]
    [InlineData("list", 1)] // nobody knows when the first step without a batch began
    [InlineData("cycle", 1)]
    [InlineData("full_batch", 0)]
    public async Task Batches_in_memory_are_told_and_counted_by_the_optimizer(string kind, int also)
    {
        var (record, steps, samples) = await CountingTests.RunAsync("loops.py", [kind]);
        Assert.Equal(steps - also, record.Steps);
        Assert.Equal(samples / steps, record.Samples / record.Steps);
        Assert.InRange(record.StepsFromMemory, 1, record.Steps);
        Assert.True(record.WaitSeconds < 0.5 * record.StepSeconds, "the time to fill the list is told as waiting");
    }

    [Fact]
    public async Task Two_trainings_at_once_share_their_time()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "loops.py", Arguments = ["two_at_once"] });
        Assert.Equal((80, 1280), (result.Record.Steps, result.Record.Samples));
        var seconds = double.Parse(Encoding.UTF8.GetString(result.Output).Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.InRange(result.Record.StepSeconds, 0.3, seconds);
    }

    [Theory]
    [InlineData("thread", 16)]
    [InlineData("thread_accumulates", 64)]
    [InlineData("slow_thread", 8)]
    public async Task Batches_that_a_thread_takes_ahead_count_when_they_are_used(string kind, int each)
    {
        var (record, steps, samples) = await CountingTests.RunAsync("loops.py", [kind]);
        Assert.Equal((steps - 1, samples - each), (record.Steps, record.Samples));
        Assert.True(record.IsFedByThread);
        if (kind == "slow_thread")
            Assert.True(record.WaitSeconds > 0.5 * record.StepSeconds, "the training waits for the thread, and nobody says so");
    }

    [Theory]
    [InlineData("one_ahead", 40, 640)]
    [InlineData("two_batches_a_step", 20, 640)]
    [InlineData("accumulation", 40, 640)] // the backward passes are the steps
    [InlineData("anew_each_step", 11, 88)]
    [InlineData("drawn_without_gradients", 18, 288)] // the first one shows that they are trained on
    [InlineData("gradients_by_call", 40, 640)]
    public async Task Other_shapes_of_loops_keep_their_samples(string kind, int steps, long samples)
    {
        var (record, _, _) = await CountingTests.RunAsync("loops.py", [kind]);
        Assert.Equal((steps, samples), (record.Steps, record.Samples));
    }

    [Fact]
    public async Task The_training_after_the_loaders_end_belongs_to_its_pass()
    {
        var (record, steps, samples) = await CountingTests.RunAsync("loops.py", ["ahead_in_epochs"]);
        Assert.Equal((steps, samples), (record.Steps, record.Samples));
        Assert.InRange(record.StepSeconds, 0.3, 1); // the last step of each of the three passes takes 0.1 s, validation a second
    }

    [Fact]
    public async Task Between_batches_in_memory_a_pause_is_no_part_of_a_step()
    {
        var (record, steps, _) = await CountingTests.RunAsync("loops.py", ["list_with_validation"]);
        Assert.Equal(steps - 1, record.Steps);
        Assert.InRange(record.StepSeconds, 0.2, 1);
    }

    [Fact]
    public async Task Where_nothing_trains_each_batch_is_a_step_if_the_definition_says_so()
    {
        var (asked, _, _) = await CountingTests.RunAsync("loops.py", ["inference"], new ProbeSettings { Step = "batch" });
        Assert.Equal((40, 640, false), (asked.Steps, asked.Samples, asked.StepsAreGuessed));
        var (unsaid, _, _) = await CountingTests.RunAsync("loops.py", ["inference"]);
        Assert.Equal((40, 640, true), (unsaid.Steps, unsaid.Samples, unsaid.StepsAreGuessed));
        var (guessed, _, _) = await CountingTests.RunAsync("loops.py", ["named"]);
        Assert.Equal((40, 640, true), (guessed.Steps, guessed.Samples, guessed.StepsAreGuessed));
    }

    [Fact]
    public async Task A_call_that_the_definition_names_trains()
    {
        var (record, _, _) = await CountingTests.RunAsync("loops.py", ["named"], new ProbeSettings { Step = "__main__:fit" });
        Assert.Equal((40, 640, false), (record.Steps, record.Samples, record.StepsAreGuessed));
    }

    [Theory]
    [InlineData("endless_thread", "auto")]
    [InlineData("endless_thread", "batch")]
    [InlineData("trains_in_a_thread", "auto")]
    public async Task Whatever_thread_makes_the_last_step_the_script_ends_in_order(string kind, string step)
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "loops.py", Arguments = [kind], Settings = Stop with { Step = step }, Steps = (2, 20) });
        Assert.Equal((0, 22, true), (result.ExitCode, result.Record.Steps, result.Record.StoppedAfterSteps));
        // The thread that trains ends the process's work and the main thread unwinds: nothing says which of them writes first.
        var lines = Encoding.UTF8.GetString(result.Output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToList();
        Assert.Collection(lines, line => Assert.StartsWith("counted ", line, StringComparison.Ordinal), line => Assert.Equal("finally ran", line));
    }

    [Fact]
    public async Task Statistics_before_the_training_do_not_end_it()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "loops.py", Arguments = ["statistics_first"], Settings = Stop, Steps = (2, 20) });
        Assert.Equal("counted 22 352\n", Encoding.UTF8.GetString(result.Output));
    }

    [Fact]
    public async Task The_measured_steps_last_as_long_as_asked()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = "loops.py", Arguments = ["list"], Settings = Stop, Steps = (2, 5),
            Environment = new Dictionary<string, string> { ["EXPERIMENTS_MEASURE_SECONDS"] = "0.1" },
        });
        Assert.True(result.Record is { StoppedAfterSteps: true, Steps: > 7 }, $"{result.Record.Steps} steps of 2 ms");
        Assert.True(result.Record.StepSeconds >= 0.1);
    }
}
