using System.Text;
using Experiments.PyTorch.Record;
using Experiments.PyTorch.Steering;
using Experiments.PyTorch.Tests.Running;

namespace Experiments.PyTorch.Tests.Probe;

/// <summary>Samples are those that the script counts itself, however its batches look and whoever loads them.</summary>
[Trait("Needs", "pytorch")]
public sealed class CountingTests
{
    public static TheoryData<string, int> Kinds { get; } = new(
        from kind in new[]
        {
            "endless", "repeating", "tuples", "packed", "records", "graphs", "frames", "iterable", "indices", "lists", "whole", "whole_frames", "out_of_order", "zip",
        }
        from workers in new[] { 0, 2 }
        select (kind, workers));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Samples_are_those_that_the_script_counts(string kind, int workers)
    {
        var (record, steps, samples) = await RunAsync("counting.py", [kind, $"{workers}"]);
        Assert.Equal((steps, samples), (record.Steps, record.Samples));
        Assert.Equal(kind is "lists" or "whole" or "whole_frames" ? 1 : 0, record.SampleGuesses.Count);
        Assert.True(record.SawTraining);
    }

    [Theory]
    [InlineData("stateful")]
    [InlineData("stateful_persistent")]
    [InlineData("multi_epochs")]
    [InlineData("ahead")]
    [InlineData("sharded")]
    [InlineData("closure")]
    [InlineData("gathered")]
    [InlineData("sanity")]
    public async Task Loaders_of_other_libraries_are_measured_and_steered(string kind)
    {
        var (record, steps, samples) = await RunAsync("today.py", [kind], new ProbeSettings { NumWorkers = 2 }, expectsSameOutput: false);
        Assert.Equal((steps, samples), (record.Steps, record.Samples));
        var loader = record.Loaders.Single(loader => loader.Trains);
        Assert.Equal((1, 2), (loader.Asked.NumWorkers, loader.Used.NumWorkers));
    }

    [Fact]
    public async Task A_loader_whose_iterator_is_a_thread_is_measured_as_the_training_uses_it()
    {
        var (record, steps, samples) = await RunAsync("today.py", ["background"]);
        Assert.Equal((steps - 1, samples - 8), (record.Steps, record.Samples)); // when the first step began, nobody saw
        Assert.True(record.IsFedByThread);
    }

    [Fact]
    public async Task What_no_shape_tells_is_unknown_and_not_zero_samples_of_a_rate()
    {
        var (record, steps, _) = await RunAsync("counting.py", ["unknown", "0"]);
        Assert.Equal((steps, 0), (record.Steps, record.Samples));
        Assert.Null(Assert.Single(record.SampleGuesses).Samples);
    }

    [Fact]
    public async Task What_the_definition_states_is_what_counts()
    {
        var (record, steps, samples) = await RunAsync("counting.py", ["unknown", "0"], new ProbeSettings { SamplesPerStep = 30 });
        Assert.Equal((steps, samples), (record.Steps, record.Samples));
        Assert.Empty(record.SampleGuesses);
    }

    /// <summary>The record, and the steps and samples that the script counted.</summary>
    internal static async Task<(ProbeRecord Record, int Steps, long Samples)> RunAsync(
        string script, string[] arguments, ProbeSettings? settings = null, bool expectsSameOutput = true)
    {
        var run = new ScriptRun { Script = script, Arguments = arguments, Settings = settings ?? new ProbeSettings() };
        var result = await ScriptRunner.RunAsync(run);
        Assert.True(result.ExitCode == 0, result.Error);
        if (expectsSameOutput)
            Assert.Equal((await ScriptRunner.RunAsync(run with { WithProbe = false })).Output, result.Output);
        var words = Encoding.UTF8.GetString(result.Output).Split('\n').Single(line => line.StartsWith("counted", StringComparison.Ordinal)).Split(' ');
        return (result.Record, int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), long.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
