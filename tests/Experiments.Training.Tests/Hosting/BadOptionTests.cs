using Experiments.Training.Tests.Support;

namespace Experiments.Training.Tests.Hosting;

[Trait("Needs", "torchsharp")]
public sealed class BadOptionTests(SmallDataset dataset)
{
    [Theory]
    [InlineData("EXP3205", "--bogus", "--bogus")]
    [InlineData("EXP3205", "--steps is 0; it must be at least 1", "--steps", "0")]
    [InlineData("EXP3205", "--num_workers is -1; it must be at least 0", "--num_workers", "-1")]
    [InlineData("EXP3205", "'many'", "--num_workers", "many")]
    [InlineData("EXP3205", "name=value, each name once", "--set", "=1")]
    [InlineData("EXP3205", "auto, cpu, cuda or cuda:N", "--device", "tpu")]
    [InlineData("EXP3202", "utterance-fusion", "--task", "utterance-fission")]
    [InlineData("EXP3203", "is not there", "--assembly", "/nowhere/my.dll")]
    [InlineData("EXP3204", "padding is 'none'; it can be maximum or longest", "--set", "padding=none")]
    [InlineData("EXP3204", "dropout is 2; it must be from 0 to 0.95", "--set", "dropout=2")]
    [InlineData("EXP3204", "hidden is 'big'; it must be a number such as 128", "--set", "hidden=big")]
    [InlineData("EXP3201", "dataset.json", "--dataset_path", "/nowhere")]
    public async Task A_wrong_option_gives_one_coded_line_and_exit_code_2(string code, string words, params string[] options)
    {
        TrainingParts.TorchSharp();
        using var host = HostProcess.Train(dataset.Path, options);
        var (exitCode, _, errors) = await host.EndAsync();
        Assert.Equal(2, exitCode);
        var line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"experiments: error {code}: ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_for_a_GPU_where_there_is_none_is_a_fault_of_the_environment()
    {
        TrainingParts.NoCuda();
        using var host = HostProcess.Train(dataset.Path, "--device", "cuda");
        var (exitCode, _, errors) = await host.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.StartsWith("experiments: error EXP5001: device 'cuda' is asked for, and this process sees 0 CUDA devices.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_that_is_not_there_is_named_beside_those_that_are()
    {
        TrainingParts.TorchSharp();
        using var host = HostProcess.Train(dataset.Path, "--task", "OwnTask.BagOfNerds", "--assembly", Built.OwnTask);
        var (exitCode, _, errors) = await host.EndAsync();
        Assert.Equal(2, exitCode);
        Assert.Contains("EXP3202", errors, StringComparison.Ordinal);
        Assert.Contains("it has OwnTask.BagOfWords", errors, StringComparison.Ordinal);
    }
}
