using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Definitions.Keys;

namespace Experiments.Definitions.Tests;

/// <summary>What is written is read as the same.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly string[] Beside = ["datasets.*.path", "gates.baseline.ratchet", "gates.throughput.against", "repeats"]; // contradict other keys

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData(TaskKind.Command)]
    [InlineData(TaskKind.PyTorch)]
    [InlineData(TaskKind.TorchSharp)]
    public void Any_keys_together_are_written_to_another_folder_and_read_back(string task)
    {
        var keys = DefinitionKeys.All().Where(key => DefinitionKeysTests.Samples.ContainsKey(key.Path) && !Beside.Contains(key.Path) && IsFor(task, key)).Select(key => key.Path).ToArray();
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var share = random.NextDouble();
            var chosen = keys.Where(_ => random.NextDouble() < share).Select(path => (path, DefinitionKeysTests.Samples[path])).ToArray();
            Check(DefinitionKeysTests.Text(task, chosen));
        }
    }

    [Theory]
    [InlineData(Examples.TorchSharp)]
    [InlineData(Examples.PyTorch)]
    [InlineData(Examples.Command)]
    [InlineData("{name: x, train: {command: [./train.sh], args: ['{trial_dir}', '']}, matrix: {lr: [1e-7, 5., 0x10, true, '4', 1e300]}, limits: {memory: 80%, timeout: 1.5h, gpu_memory: 12GB}}")]
    [InlineData("{name: x, train: {pytorch: run.py, python: ./run.py, probe: {loaders: train}}, matrix: {n: [1]}, datasets: {A: {path: data/meld-da}}, limits: {timeout: 90.5s, stall_timeout: 1ms}}")]
    public void An_example_is_read_back(string text) => Check(text);

    [Fact]
    public void Quantities_are_read_back()
    {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = random.NextInt64(1L << random.Next(1, 62)) + 1;
            var percent = random.NextDouble() * Math.Pow(10, random.Next(-9, 3));
            var time = round % 2 == 0 ? TimeSpan.FromMilliseconds(random.NextInt64(30L * 24 * 3600 * 1000)) : new TimeSpan(random.NextInt64(TimeSpan.TicksPerHour));

            Assert.Equal(bytes, Bytes(bytes));
            Assert.Equal(percent, Quantities.Percent(Quantities.Percent(percent)));
            Assert.Equal(percent / 100, Quantities.Fraction(Quantities.Fraction(percent / 100)));
            Assert.Equal(percent, Quantities.BytesPerStep(Quantities.Size(percent) + "/step"));
            Assert.Equal(time, Quantities.Duration(Quantities.Duration(time)));
        }
    }

    private static long? Bytes(long bytes) => bytes < 1L << 53 ? Quantities.WholeBytes(Quantities.Size(bytes)) : bytes; // a double holds no more

    private static bool IsFor(string task, (string Path, DefinitionKey Key) key) =>
        (key.Key.Tasks.Count == 0 || key.Key.Tasks.Contains(task)) && (task == TaskKind.PyTorch || !(key.Path.StartsWith("train.probe", StringComparison.Ordinal) || key.Path.StartsWith("train.pytorch", StringComparison.Ordinal)));

    private void Check(string text)
    {
        var first = _workplace.Read(text);
        Assert.True(first.Definition is not null, text + string.Join('\n', _workplace.Lines(first)));
        var moved = first.Definition with { File = _workplace.PathOf(".experiments/definitions/x.json") };

        DefinitionWriter.Write(moved);
        var again = DefinitionReader.Read(moved.File);

        Assert.True(again.Definition is not null, DefinitionWriter.Text(moved) + string.Join('\n', _workplace.Lines(again)));
        Assert.Equal(Json(moved), Json(again.Definition));
        Assert.Equal(DefinitionWriter.Text(moved), DefinitionWriter.Text(again.Definition));
    }

    private static string Json(ExperimentDefinition definition) => JsonSerializer.Serialize(definition, ExperimentsJson.Compact.ExperimentDefinition);
}
