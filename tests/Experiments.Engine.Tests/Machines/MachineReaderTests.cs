using Experiments.Core.Results;
using Experiments.Engine.Machines;
using Experiments.Processes.ControlGroups;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Machines;

public class MachineReaderTests
{
    [Fact]
    public void This_machine_has_a_stable_name()
    {
        var machine = MachineReader.Read();

        Assert.Equal(machine, MachineReader.Read());
        Assert.InRange(machine.Cores, 0.1, 4096);
        Assert.True(machine.MemoryBytes > 1L << 28);
        Assert.Matches("^[0-9.]+c-[0-9]+g-[0-9a-f]{6}$", machine.Id);
    }

    [Fact]
    public void Memory_that_differs_by_some_megabytes_is_the_same_machine_and_another_gpu_is_not()
    {
        const long Gibibyte = 1L << 30;
        var machine = MachineReader.Create("Xeon", 2, 24 * Gibibyte, "none");

        Assert.Equal(machine.Id, MachineReader.Create("Xeon", 2, (24 * Gibibyte) - (90 << 20), "none").Id);
        Assert.NotEqual(machine.Id, MachineReader.Create("Xeon", 1.5, 24 * Gibibyte, "none").Id);
        Assert.NotEqual(machine.Id, MachineReader.Create("Xeon", 2, 24 * Gibibyte, "NVIDIA A100, driver 550.54").Id);
    }

    [Theory]
    [InlineData(7.5)]
    [InlineData(15.5)]
    [InlineData(23.5)]
    [InlineData(30.5)]
    [InlineData(62.5)]
    [InlineData(1006.5)]
    public void Memory_between_two_sizes_is_the_same_machine_on_every_boot(double gibibytes)
    {
        var bytes = (long)(gibibytes * (1L << 30));
        var ids = new[] { -100L << 20, -1, 0, 1, 100L << 20 }.Select(more => MachineReader.Create("Xeon", 2, bytes + more, "none").Id);

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public void A_driver_a_runtime_and_a_point_release_are_no_other_machine_and_another_model_or_release_is()
    {
        var machine = MachineReader.Create("Xeon", 2, 24L << 30, "NVIDIA A100, driver 550.54") with { OperatingSystem = "Ubuntu 22.04.3 LTS, Linux 6" };

        Assert.Equal(MachineNames.IdOf(machine), MachineNames.IdOf(machine with { Gpu = "NVIDIA A100, driver 560.10", Runtime = ".NET 11.0.1", OperatingSystem = "Ubuntu 22.04.5 LTS, Linux 6" }));
        Assert.NotEqual(MachineNames.IdOf(machine), MachineNames.IdOf(machine with { Gpu = "NVIDIA H100, driver 550.54" }));
        Assert.NotEqual(MachineNames.IdOf(machine), MachineNames.IdOf(machine with { OperatingSystem = "Ubuntu 24.04.1 LTS, Linux 6" }));
        Assert.NotEqual(MachineNames.IdOf(machine), MachineNames.IdOf(machine with { MemoryBytes = 48L << 30 }));
    }

    [Fact]
    public void A_machine_is_known_by_the_id_that_an_earlier_version_gave_it()
    {
        // The id that this machine had: memory of 23.54 GiB, rounded; .NET 10.0.
        var machine = new MachineFingerprint
        {
            Id = "", Cpu = "AMD EPYC", Cores = 2, MemoryBytes = 25276063744, Gpu = "none", OperatingSystem = "Debian GNU/Linux 12 (bookworm), Linux 6", Runtime = ".NET 10.0.12",
        };
        machine = machine with { Id = MachineNames.IdOf(machine) };
        var former = machine with { Id = "2c-24g-2d4b34" };
        var rebooted = machine with { MemoryBytes = machine.MemoryBytes - (60L << 20) };
        rebooted = rebooted with { Id = MachineNames.IdOf(rebooted) };

        Assert.True(machine.IsSameAs(former) && former.IsSameAs(machine) && rebooted.IsSameAs(former));
        Assert.False((machine with { Cpu = "Xeon", Id = "2c-24g-000000" }).IsSameAs(former));
    }

    [Theory]
    [InlineData("0-3", 4)]
    [InlineData("0", 1)]
    [InlineData("0-1,4,8-11\n", 7)]
    public void Lists_of_cores_are_counted(string list, int cores) => Assert.Equal(cores, CpuInformation.CountList(list));

    [Fact]
    public void A_quota_of_a_parent_group_counts()
    {
        using var folder = new TestFolder();
        var own = Directory.CreateDirectory(folder.File("a/b")).FullName;
        File.WriteAllText(folder.File("a/cpu.max"), "50000 100000\n");
        File.WriteAllText(folder.File("a/b/cpu.max"), "max 100000\n");
        var layout = new ControlGroupLayout
        {
            Version1 = new Dictionary<string, string>(), Version1Roots = new Dictionary<string, string>(), Version2 = own, Version2Root = folder.Path,
        };

        Assert.Equal(0.5, CpuInformation.UsableCores(layout));
    }

    [Fact]
    public void A_limit_of_a_parent_group_bounds_memory()
    {
        using var folder = new TestFolder();
        var own = Directory.CreateDirectory(folder.File("a/b")).FullName;
        File.WriteAllText(folder.File("a/memory.max"), "1000000\n");
        File.WriteAllText(folder.File("a/memory.current"), "700000\n");
        File.WriteAllText(folder.File("a/memory.stat"), "anon 300000\ninactive_file 400000\n");
        File.WriteAllText(folder.File("a/b/memory.max"), "max\n");
        var layout = new ControlGroupLayout
        {
            Version1 = new Dictionary<string, string>(), Version1Roots = new Dictionary<string, string>(), Version2 = own, Version2Root = folder.Path,
        };

        Assert.Equal(1000000, MachineMemory.TotalBytes(layout));
        Assert.Equal(700000, MachineMemory.AvailableBytes(layout)); // idle page cache can be taken back
    }

    [Fact]
    public void Gpus_are_named_as_the_driver_names_them()
    {
        using var folder = new TestFolder();
        foreach (var gpu in new[] { "0000:01:00.0", "0000:02:00.0" })
        {
            Directory.CreateDirectory(folder.File("gpus/" + gpu));
            File.WriteAllText(folder.File($"gpus/{gpu}/information"), "Model: \t\t NVIDIA A100\nIRQ:   \t\t 56\n");
        }

        File.WriteAllText(folder.File("version"), "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\n");

        Assert.Equal("2 × NVIDIA A100, driver 550.54.15", GpuInformation.Read(folder.Path));
        Assert.Equal("none", GpuInformation.Read(folder.File("missing")));
    }
}
