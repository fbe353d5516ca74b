using Experiments.Core.Definitions;
using Experiments.Core.Matrix;

namespace Experiments.Definitions.Tests;

public sealed class DefinitionReaderTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void The_example_is_read_to_the_last_key()
    {
        var definition = Read(Examples.TorchSharp);

        Assert.Equal("meld-da", definition.Name);
        var task = Assert.IsType<TorchSharpTask>(definition.Train);
        Assert.Equal(
            ("utterance-fusion", 32, 3, 40, "cpu", true, _workplace.Folder),
            (task.Task, task.BatchSize, task.WarmupSteps, task.Steps, task.Device, task.Evaluate, task.WorkingDirectory));
        Assert.Equal(
            [
                new DatasetSource { Name = "MELD-DA", Path = _workplace.PathOf("data/meld-da") },
                new DatasetSource { Name = "MIntRec", Synthetic = "mintrec", Samples = 100 },
            ],
            definition.Datasets);
        Assert.Equal(["dataset", "num_workers", "pin_memory"], definition.Matrix.Axes.Select(axis => axis.Name));
        Assert.Equal(14, MatrixExpansion.Expand(definition.Matrix).Count);
        Assert.Equal(3, definition.Repeats);
        Assert.Equal(new Limits { Memory = new MemoryLimit(12L << 30, null), Timeout = TimeSpan.FromMinutes(15) }, definition.Limits);
        Assert.Equal(
            new Gates { PeakMemory = new PeakMemoryBounds { MaxBytes = 8L << 30, MaxIncreasePercent = 10 }, MemoryGrowth = new MemoryGrowthBounds { MaxBytesPerStep = 1 << 20 }, Throughput = new ThroughputBounds { MaxRegressionPercent = 5 } },
            definition.Gates);
        Assert.Equal(new MlflowTarget { Experiment = "data-loading/meld-da" }, definition.Mlflow);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(", steps: auto", null)]
    [InlineData(", steps: \"auto\"", null)]
    [InlineData(", steps: 1", 1)]
    [InlineData(", steps: 4000", 4000)]
    public void Steps_are_a_number_or_left_to_the_measuring_time(string written, int? steps) =>
        Assert.Equal(steps, Read($"name: x\ntrain: {{command: [ls]{written}}}\nmatrix: {{n: [1]}}\n").Train.Steps);

    [Fact]
    public void A_PyTorch_task_is_read_with_its_probe()
    {
        var definition = Read(Examples.PyTorch);

        var task = Assert.IsType<PyTorchTask>(definition.Train);
        Assert.Equal((_workplace.PathOf("run.py"), "python3.11", "all", false, _workplace.PathOf("data")), (task.Script, task.Python, task.Loaders, task.StopAfterSteps, task.WorkingDirectory));
        Assert.Equal(["--dataset", "{dataset}", "--num_workers", "{num_workers}", "--lr", "1e-5", "--train"], task.Args);
        Assert.Equal(new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "1", ["DATA"] = "/data/{dataset}" }, task.Env);
        Assert.Equal((7, new MemoryLimit(null, 80), "http://localhost:5000"), (definition.Seed, definition.Limits.Memory, definition.Mlflow.TrackingUri));
    }

    [Fact]
    public void Values_of_environment_axes_are_text_as_written() =>
        Assert.Equal(["", "glibc.malloc.hugetlb=1", "1.10"], Read(Examples.PyTorch).Matrix.Axes.Skip(2).SelectMany(axis => axis.Values).Select(value => value.Text));

    [Fact]
    public void A_command_is_made_absolute_and_its_metrics_are_read()
    {
        var task = Assert.IsType<CommandTask>(Read(Examples.Command).Train);

        Assert.Equal([_workplace.PathOf("train.sh"), "{num_workers}"], task.Command);
        Assert.Equal("throughput: ([0-9.]+)", task.Metrics["samples_per_second"]);
    }

    [Fact]
    public void A_bare_program_is_left_for_PATH() =>
        Assert.Equal("python3", Assert.IsType<CommandTask>(Read(Examples.Command.Replace("./train.sh", "python3")).Train).Command[0]);

    [Fact]
    public void The_same_definition_as_JSON_is_the_same()
    {
        const string Json =
            """
            {"name": "meld-da",
             "train": {"torchsharp": "utterance-fusion", "batch_size": 32, "warmup_steps": 3, "steps": 40, "device": "cpu"},
             "datasets": {"MELD-DA": {"path": "data/meld-da"}, "MIntRec": {"synthetic": "mintrec", "samples": 100}},
             "matrix": {"dataset": ["MELD-DA", "MIntRec"], "num_workers": [0, 1, 2, 4], "pin_memory": [false, true],
                        "exclude": [{"dataset": "MIntRec", "num_workers": 4}]},
             "repeats": 3,
             "limits": {"memory": "12GiB", "timeout": "15m"},
             "gates": {"peak_memory": {"max": "8GiB", "max_increase": "10%"}, "memory_growth": {"max": "1MiB/step"}, "throughput": {"max_regression": 0.05}},
             "mlflow": {"experiment": "data-loading/meld-da"}}
            """;
        var reading = _workplace.Read(Json, "x.json");

        Assert.Empty(_workplace.Lines(reading));
        Assert.Equal(DefinitionHash.CanonicalJson(Read(Examples.TorchSharp)), DefinitionHash.CanonicalJson(reading.Definition!));
        Assert.Equal(Read(Examples.TorchSharp).Gates, reading.Definition!.Gates);
    }

    [Fact]
    public void Values_keep_the_kind_they_are_written_as()
    {
        var axes = Read(
            """
            name: kinds
            train: {command: [ls]}
            matrix:
              words: [yes, no, on, "4", 1:30, 2026-01-01, 0b1, 1_000, "null", "true"]
              integers: [4, 0x10, 0o17, -1, +2, 007]
              numbers: [0.5, 1e3, .25, 5., 1e-7]
              booleans: [True, FALSE]
            """).Matrix.Axes;

        Assert.All(axes[0].Values, value => Assert.Equal(AxisValueKind.Text, value.Kind));
        Assert.Equal(["4", "16", "15", "-1", "2", "7"], axes[1].Values.Select(value => value.Text));
        Assert.All(axes[1].Values, value => Assert.Equal(AxisValueKind.Integer, value.Kind));
        Assert.Equal(["0.5", "1000", "0.25", "5", "1E-07"], axes[2].Values.Select(value => value.Text));
        Assert.Equal([AxisValue.Of(true), AxisValue.Of(false)], axes[3].Values);
    }

    [Fact]
    public void Anchors_and_merge_keys_repeat_what_they_name()
    {
        var definition = Read(
            """
            name: anchors
            train: {command: [ls]}
            datasets:
              A: &small {synthetic: mintrec, samples: 8}
              B: {<<: *small, samples: 16}
              C: {<<: [{samples: 4}, *small]}
            matrix: {dataset: [A, B, C]}
            """);

        Assert.Equal([("mintrec", 8), ("mintrec", 16), ("mintrec", 4)], definition.Datasets.Select(dataset => (dataset.Synthetic!, dataset.Samples)));
    }

    [Theory]
    [InlineData("name", 1, 1)]
    [InlineData("train.steps", 6, 3)]
    [InlineData("datasets.MELD-DA.path", 9, 13)]
    [InlineData("matrix.num_workers", 13, 3)]
    [InlineData("matrix.exclude.0.num_workers", 15, 13)]
    [InlineData("gates.peak_memory.max", 19, 17)]
    [InlineData("gates.peak_memory", 19, 3)]
    [InlineData("gates.throughput.allow_missing_baseline", 21, 3)]
    [InlineData("seed", 1, 1)]
    public void Every_key_has_its_place_or_that_of_its_nearest_parent(string path, int line, int column)
    {
        var position = Read(Examples.TorchSharp).PositionOf(path);

        Assert.Equal((line, column), (position.Line, position.Column));
    }

    [Fact]
    public void Messages_name_the_file_as_the_user_did()
    {
        var reading = DefinitionReader.Read("no-such/definition.yaml");

        Assert.Null(reading.Definition);
        Assert.Equal("no-such/definition.yaml(1,1): error EXP1001: the file does not exist", Assert.Single(reading.Diagnostics).ToString());
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_and_windows_line_ends_is_read()
    {
        var path = _workplace.Write("bom.yaml", [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Examples.TorchSharp.ReplaceLineEndings("\r\n"))]);

        var reading = DefinitionReader.Read(path);

        Assert.Empty(reading.Diagnostics);
        Assert.Equal(13, reading.Definition!.PositionOf("matrix.num_workers").Line);
    }

    private ExperimentDefinition Read(string text)
    {
        var reading = _workplace.Read(text);
        Assert.Empty(_workplace.Lines(reading));
        return reading.Definition!;
    }
}
