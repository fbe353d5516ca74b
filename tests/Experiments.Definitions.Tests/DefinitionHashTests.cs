using System.Reflection;
using Experiments.Core.Definitions;

namespace Experiments.Definitions.Tests;

public sealed class DefinitionHashTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("num_workers: [0, 1, 2, 4]", "num_workers: [4, 2, 1, 0]")]
    [InlineData("max_regression: 5%", "max_regression: 7%")]
    [InlineData("experiment: data-loading/meld-da", "tracking_uri: 'http://h'")]
    [InlineData("repeats: 3", "repeats: 0x3 # comment")]
    [InlineData("timeout: 15m", "timeout: 900s")]
    [InlineData("device: cpu", "device: cpu\n  evaluate: true")]
    [InlineData("{path: data/meld-da}", "{path: ./data/../data/meld-da}")]
    public void What_is_judged_or_written_otherwise_does_not_count(string text, string other) =>
        Assert.Equal(Hash(Examples.TorchSharp), Hash(Examples.TorchSharp.Replace(text, other)));

    [Theory]
    [InlineData("name: meld-da", "name: meld")]
    [InlineData("num_workers: [0, 1, 2, 4]", "num_workers: [0, 1, 2, 8, 4]")]
    [InlineData("repeats: 3", "repeats: 2")]
    [InlineData("steps: 40", "steps: 41")]
    [InlineData("memory: 12GiB", "memory: 12GB")]
    [InlineData("exclude: [{dataset: MIntRec, num_workers: 4}]", "exclude: []")]
    [InlineData("samples: 100", "samples: 101")]
    [InlineData("data/meld-da", "data/mintrec")]
    public void What_is_measured_counts(string text, string other) =>
        Assert.NotEqual(Hash(Examples.TorchSharp), Hash(Examples.TorchSharp.Replace(text, other)));

    [Fact]
    public void A_definition_in_another_folder_is_the_same()
    {
        using var other = new Workplace();

        Assert.Equal(
            DefinitionHash.Of(_workplace.Read(Examples.Command).Definition!),
            DefinitionHash.Of(other.Read(Examples.Command, "renamed.yaml").Definition!));
    }

    [Theory]
    [InlineData(typeof(TorchSharpTask))]
    [InlineData(typeof(PyTorchTask))]
    [InlineData(typeof(CommandTask))]
    public void Every_setting_of_a_task_counts_but_what_makes_old_code_ready(Type task)
    {
        var definition = _workplace.Read(task == typeof(PyTorchTask) ? Examples.PyTorch : task == typeof(CommandTask) ? Examples.Command : Examples.TorchSharp).Definition!;
        var json = DefinitionHash.CanonicalJson(definition with { Train = WithAllSet(definition.Train) });

        Assert.All(
            task.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite && property.Name is not (nameof(TrainingTask.Setup) or nameof(TrainingTask.Share))),
            property => Assert.Contains($"\"{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}\":", json));
    }

    // Nulls are left out of the JSON.
    private static TrainingTask WithAllSet(TrainingTask task) => task switch
    {
        TorchSharpTask torchSharp => torchSharp with { Assembly = "/my.dll" },
        PyTorchTask pyTorch => pyTorch with { Python = "python", Module = "pkg.train", SamplesPerStep = 64 },
        _ => task,
    };

    private string Hash(string text)
    {
        var reading = _workplace.Read(text);
        Assert.Empty(_workplace.Lines(reading));
        return DefinitionHash.Of(reading.Definition!);
    }
}
