using Experiments.Core.Baselines;
using Experiments.Core.Matrix;
using Experiments.Engine.Baselines;
using Experiments.Engine.Machines;

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
