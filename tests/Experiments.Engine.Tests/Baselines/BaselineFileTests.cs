using Experiments.Core.Baselines;
using Experiments.Core.Matrix;
using Experiments.Core.Results;
using Experiments.Engine.Baselines;
using Experiments.Engine.Machines;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Baselines;

public class BaselineFileTests
{
    [Fact]
    public void A_baseline_is_read_as_it_was_written()
    {
        using var folder = new TestFolder();
        var machine = MachineReader.Create("Xeon", 2, 1L << 34, "none");
        var path = BaselineFile.PathOf(folder.File("baselines"), "meld-da", machine.Id);
        Assert.Null(BaselineFile.Read(path));

        BaselineFile.Write(path, new Baseline
        {
            Experiment = "meld-da",
            Machine = machine,
            SweepId = "20260101-000000-0000",
            AcceptedAt = DateTimeOffset.UnixEpoch,
            Configurations =
            [
                new BaselineConfiguration
                {
                    Configuration = new Configuration { Id = "0a1b2c3d4e5f", Values = new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of(4) } },
                    Metrics = new Dictionary<string, IReadOnlyList<double>> { ["samples_per_second"] = [1.5, 2.5] },
                },
            ],
        });
        var read = BaselineFile.Read(path)!;

        Assert.Equal(machine, read.Machine);
        Assert.Equal([1.5, 2.5], read.Configurations[0].Metrics["samples_per_second"]);
        Assert.Equal(4, read.Configurations[0].Configuration.NumWorkers);
        Assert.EndsWith($"/meld-da.{machine.Id}.json", path.Replace('\\', '/'), StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_under_the_machines_former_id_is_found_and_others_are_passed_over()
    {
        using var folder = new TestFolder();
        var machine = MachineReader.Create("Xeon", 2, 1L << 34, "NVIDIA A100, driver 560.10");
        Write("meld-da", machine with { Id = "2c-16g-aaaaaa", Gpu = "NVIDIA A100, driver 550.54", Runtime = ".NET 9.0.1" });
        Write("meld-da", machine with { Id = "2c-16g-bbbbbb", Cpu = "EPYC" });
        Write("meld-da.more", machine with { Id = "2c-16g-cccccc" });
        File.WriteAllText(BaselineFile.PathOf(folder.Path, "meld-da", "2c-16g-dddddd"), "{");

        Assert.Equal(BaselineFile.PathOf(folder.Path, "meld-da", "2c-16g-aaaaaa"), BaselineFile.FindFormer(folder.Path, "meld-da", machine));
        Assert.Null(BaselineFile.FindFormer(folder.Path, "meld-da", MachineReader.Create("M2", 8, 1L << 34, "none")));
        Assert.Null(BaselineFile.FindFormer(folder.File("missing"), "meld-da", machine));

        void Write(string experiment, MachineFingerprint of) => BaselineFile.Write(
            BaselineFile.PathOf(folder.Path, experiment, of.Id),
            new Baseline { Experiment = experiment, Machine = of, SweepId = "20260101-000000-0000", AcceptedAt = DateTimeOffset.UnixEpoch, Configurations = [] });
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_diagnostic()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("baselines"), "a file");
        var baseline = new Baseline { Experiment = "e", Machine = MachineReader.Read(), SweepId = "20260101-000000-0000", AcceptedAt = DateTimeOffset.UnixEpoch, Configurations = [] };

        Assert.Equal("EXP5037", Assert.Throws<DiagnosticException>(() => BaselineFile.Write(folder.File("baselines/e.json"), baseline)).Diagnostic.Code);
    }

    [Fact]
    public void A_broken_baseline_is_a_diagnostic_with_its_line()
    {
        using var folder = new TestFolder();
        var path = folder.File("broken.json");
        File.WriteAllText(path, "{\n  \"experiment\": }\n");

        var diagnostic = Assert.Throws<DiagnosticException>(() => BaselineFile.Read(path)).Diagnostic;

        Assert.Equal("EXP5004", diagnostic.Code);
        Assert.Equal(2, diagnostic.Position!.Line);
    }
}
