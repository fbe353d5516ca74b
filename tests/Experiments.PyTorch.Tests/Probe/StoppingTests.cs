using System.Text;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

[Trait("Needs", "pytorch")]
public sealed class StoppingTests
{
    private static readonly ProbeSettings Stop = new() { NumWorkers = 0, StopAfterSteps = true, Step = "batch" };

    [Fact]
    public async Task The_script_ends_in_order_after_its_steps()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "steps.py", Settings = Stop, Steps = (3, 12) });
        Assert.Equal("finally ran\nexit handlers ran\n", Encoding.UTF8.GetString(result.Output));
        Assert.Equal((0, 15, 60), (result.ExitCode, result.Record.Steps, result.Record.Samples));
        Assert.True(result.Record is { Ended: true, StoppedAfterSteps: true });
    }

    [Fact]
    public async Task Wait_and_step_times_are_those_of_the_script()
    {
        var record = (await ScriptRunner.RunAsync(new ScriptRun { Script = "steps.py", Settings = Stop, Steps = (0, 15) })).Record;
        Assert.InRange(record.WaitSeconds / record.Steps, 0.020, 2.0); // 4 samples of 5 ms, and what a busy machine adds
        Assert.InRange((record.StepSeconds - record.WaitSeconds) / record.Steps, 0.030, 2.0);
    }

    [Fact]
    public async Task Without_being_asked_the_script_runs_to_its_end()
    {
        var result = await ScriptRunner.RunAsync(
            new ScriptRun { Script = "hardcoded.py", Settings = Stop with { StopAfterSteps = false }, Steps = (1, 2) });
        Assert.Equal(16, result.Record.Steps);
    }

    [Fact]
    public async Task A_script_that_catches_everything_is_ended_nevertheless()
    {
        var result = await ScriptRunner.RunAsync(new ScriptRun { Script = "catches_exit.py", Settings = Stop, Steps = (0, 10) });
        Assert.Equal((0, 10), (result.ExitCode, result.Record.Steps));
        Assert.Equal("caught SystemExit\ncaught SystemExit\ncaught SystemExit\n", Encoding.UTF8.GetString(result.Output));
    }
}
