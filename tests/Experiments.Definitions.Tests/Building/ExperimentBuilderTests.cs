using System.Text.Json;
using Experiments.Core;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Definitions.Building;

namespace Experiments.Definitions.Tests.Building;

/// <summary>What a program says is what is read back from the file that is written of it.</summary>
public sealed class ExperimentBuilderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("definition-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_torchsharp_experiment_reads_back_as_it_was_said()
    {
        Touch("bin/Mine.dll");
        Touch("data/meld-da/dataset.json");

        var definition = WriteAndRead(e => e
            .TorchSharp("Mine.Task", "bin/Mine.dll").Evaluate(false)
            .EnvironmentVariable("OMP_NUM_THREADS", "{num_workers}")
            .BatchSize(32).WarmupSteps(2).Steps(10).Device("cpu")
            .DatasetFolder("MELD-DA", "data/meld-da").SyntheticDataset("MIntRec", "mintrec", samples: 64)
            .Dataset("MELD-DA", "MIntRec").NumWorkers(0, 2).PinMemory(false, true).Axis("lr", 0.1, 1e-3)
            .Exclude(c => c.Dataset("MIntRec").NumWorkers(2))
            .Include(c => c.Dataset("MIntRec").NumWorkers(0).PinMemory(true).Axis("lr", 0.5))
            .Repeats(3).Seed(7)
            .Limit(memory: "12GiB", timeout: TimeSpan.FromSeconds(90.5), stallTimeout: TimeSpan.FromSeconds(20))
            .Gate(g => g.PeakMemory("8GiB", 0.1).GpuMemory("20GiB", 0.2).Metric("val_loss", maxIncrease: 0.02, max: 3.5).Metric("val/acc", min: 0.6, maxDecrease: 0.01)
                .MemoryGrowth("1MiB/step").Throughput(0.055, allowMissingBaseline: false, falseAlarmRate: 0.02, maxRepeats: 6, confirm: false)
                .DataStall(0.2, 0.9).Baseline("mlflow", sweeps: 3, ratchet: false).Trend(0.03)
                .Suppress("4f2a9c1", "checksums", new DateOnly(2027, 1, 31)))
            .Mlflow("data-loading", "sqlite:///mlflow.db"));

        var task = Assert.IsType<TorchSharpTask>(definition.Train);
        Assert.Equal((Path.Combine(_folder, "bin/Mine.dll"), false, _folder), (task.Assembly, task.Evaluate, task.WorkingDirectory));
        Assert.Equal((32, 2, 10, "cpu", 3, 7), (task.BatchSize, task.WarmupSteps, task.Steps, task.Device, definition.Repeats, definition.Seed));
        Assert.Equal([Path.Combine(_folder, "data/meld-da"), null], definition.Datasets.Select(dataset => dataset.Path));
        Assert.Equal(["dataset", "num_workers", "pin_memory", "lr"], definition.Matrix.Axes.Select(axis => axis.Name));
        Assert.Equal((1, 1), (definition.Matrix.Exclude.Count, definition.Matrix.Include.Count));
        Assert.Equal((12L << 30, TimeSpan.FromSeconds(90.5), TimeSpan.FromSeconds(20)), (definition.Limits.Memory!.Bytes!.Value, definition.Limits.Timeout, definition.Limits.StallTimeout));
        Assert.Equal((8L << 30, 10, 1 << 20, 5.5, false), (definition.Gates.PeakMemory.MaxBytes, definition.Gates.PeakMemory.MaxIncreasePercent, definition.Gates.MemoryGrowth.MaxBytesPerStep, definition.Gates.Throughput.MaxRegressionPercent, definition.Gates.Throughput.AllowMissingBaseline));
        Assert.Equal(new PeakMemoryBounds { MaxBytes = 20L << 30, MaxIncreasePercent = 20 }, definition.Gates.GpuMemory);
        Assert.Equal([new MetricBounds { Metric = "val_loss", Max = 3.5, MaxIncreasePercent = 2 }, new MetricBounds { Metric = "val/acc", Min = 0.6, MaxDecreasePercent = 1 }], definition.Gates.Metrics);
        Assert.Equal((2, 6, false, 0.2, 90), (definition.Gates.Throughput.FalseAlarmRatePercent, definition.Gates.Throughput.MaxRepeats, definition.Gates.Throughput.Confirm, definition.Gates.DataStall.MaxWaitFraction, definition.Gates.DataStall.MinAcceleratorUtilizationPercent));
        Assert.Equal((new BaselineChoice { Source = "mlflow", Sweeps = 3 }, 3), (definition.Gates.Baseline, definition.Gates.Trend.MaxSlowdownPercent));
        Assert.Equal([new Suppression { Change = "4f2a9c1", Reason = "checksums", Until = new DateOnly(2027, 1, 31) }], definition.Gates.Trend.Suppressions);
        Assert.Equal(("data-loading", "sqlite:///mlflow.db"), (definition.Mlflow.Experiment, definition.Mlflow.TrackingUri));
    }

    [Fact]
    public void A_pytorch_experiment_reads_back_as_it_was_said()
    {
        Touch("run.py");

        var definition = WriteAndRead(e => e
            .PyTorch("run.py", args => args.Add("--train").Axis("--num_workers", "num_workers"))
            .Python("python3").Loaders("all").StopAfterSteps(false).Step("batch").SamplesPerStep(8)
            .Dataset("MELD-DA").NumWorkers(0, 2));

        var task = Assert.IsType<PyTorchTask>(definition.Train);
        Assert.Equal((Path.Combine(_folder, "run.py"), "python3", "all", false), (task.Script, task.Python, task.Loaders, task.StopAfterSteps));
        Assert.Equal(["--train", "--num_workers", "{num_workers}"], task.Args);
    }

    [Fact]
    public void A_module_reads_back_as_it_was_said()
    {
        var task = Assert.IsType<PyTorchTask>(WriteAndRead(e => e.PyTorchModule("pkg.train", args => args.Add("--train")).NumWorkers(0, 2)).Train);

        Assert.Equal("pkg.train", task.Module);
        Assert.Equal(["--train"], task.Args);
    }

    [Fact]
    public void A_command_reads_back_as_it_was_said()
    {
        Touch("train.sh");

        var definition = WriteAndRead(e => e
            .Command("./train.sh", "{num_workers}").Arguments(args => args.Add("--fast")).Metric("train/loss", "loss ([0-9.]+)")
            .NumWorkers(0, 2));

        var task = Assert.IsType<CommandTask>(definition.Train);
        Assert.Equal([Path.Combine(_folder, "train.sh"), "{num_workers}"], task.Command);
        Assert.Equal(["--fast"], task.Args);
        Assert.Equal("loss ([0-9.]+)", task.Metrics["train/loss"]);
    }

    private void Touch(string name)
    {
        var file = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "{}");
    }

    private ExperimentDefinition WriteAndRead(Action<ExperimentBuilder> configure)
    {
        var built = ExperimentBuilder.Build("read-back", configure, _folder, new SourcePosition("build.cake", 7, 1));
        Assert.Empty(built.Diagnostics);
        DefinitionWriter.Write(built.Definition!);
        var reading = DefinitionReader.Read(Path.Combine(_folder, ".experiments", "definitions", "read-back.json"));
        Assert.Empty(reading.Diagnostics);
        Assert.Equal(Json(built.Definition!), Json(reading.Definition!));
        Assert.Equal(DefinitionWriter.Text(built.Definition!), DefinitionWriter.Text(reading.Definition!));
        return reading.Definition!;
    }

    private static string Json(ExperimentDefinition definition) => JsonSerializer.Serialize(definition, ExperimentsJson.Compact.ExperimentDefinition);
}
