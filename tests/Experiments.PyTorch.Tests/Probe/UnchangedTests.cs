using System.Text;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>With <c>stop: at_end</c> a script does under the probe what it does without, to the last random number.</summary>
[Trait("Needs", "pytorch")]
public sealed class UnchangedTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("fork")]
    [InlineData("spawn")]
    [InlineData("persistent")]
    [InlineData("validation")]
    [InlineData("iterable")]
    [InlineData("weighted")]
    [InlineData("list")]
    [InlineData("broken_off")]
    [InlineData("fails")]
    [InlineData("fails_loading")]
    [InlineData("fails_in_a_thread")]
    [InlineData("code")]
    public async Task Weights_losses_streams_and_the_exit_code_are_those_of_the_bare_run(string kind)
    {
        var run = new ScriptRun { Script = "deterministic.py", Arguments = [kind], Steps = (1, 4) };
        var (bare, probed) = (await ScriptRunner.RunAsync(run with { WithProbe = false }), await ScriptRunner.RunAsync(run));

        Assert.Equal(Encoding.UTF8.GetString(bare.Output), Encoding.UTF8.GetString(probed.Output));
        Assert.Equal((bare.ExitCode, bare.Signal, bare.Error), (probed.ExitCode, probed.Signal, probed.Error));
        Assert.True(probed.Record.SawTraining && (probed.Record.Steps > 4 || kind == "list"), "nothing was measured"); // six batches from memory are too few
    }

    [Theory]
    [InlineData("torchrun")]
    [InlineData("spawn")]
    public async Task Ranks_end_together_when_time_decides(string launcher)
    {
        string[] options = launcher == "torchrun" ? ScriptRunner.TwoRanks : [];
        var result = await ScriptRunner.RunAsync(new ScriptRun
        {
            Script = "ranks.py", PythonOptions = options, Arguments = launcher == "spawn" ? ["spawn", $"{20000 + (Environment.ProcessId % 20000)}"] : [],
            Settings = new ProbeSettings { StopAfterSteps = true }, Steps = (2, 5),
            Environment = new Dictionary<string, string> { ["EXPERIMENTS_MEASURE_SECONDS"] = "0.05" },
        });

        Assert.True(result.ExitCode == 0, result.Error);
        var (first, second) = (result.Record, PyTorch.Record.ProbeRecordReader.ReadFile(result.EventsFile + ".rank1"));
        Assert.Equal((true, first.Steps), (first.StoppedAfterSteps, second.Steps));
        Assert.InRange(first.Steps, 7, 399);
    }
}
