using Experiments.Processes.ControlGroups;
using Experiments.Processes.Running;

namespace Experiments.Processes.Tests.ControlGroups;

public class ControlGroupCountersTests
{
    [Fact]
    public void Cpu_time_of_a_group_of_version_2_is_read_whatever_its_controllers()
    {
        using var folder = new TestFolder();
        Assert.Null(ControlGroupV2.CpuSecondsOf(folder.Path));
        File.WriteAllText(folder.File("cpu.stat"), "usage_usec 397159\nuser_usec 397159\nsystem_usec 0\n");

        Assert.Equal(0.397159, ControlGroupV2.CpuSecondsOf(folder.Path));
    }

    [LinuxFact]
    public async Task A_group_counts_the_cpu_time_that_the_whole_tree_is_charged()
    {
        var source = ProcessRun.RequireGroups();
        using var run = new ProcessRun();
        using var group = source.TryCreate($"experiments-test-{Path.GetFileName(run.Folder)}", null)!;
        Assert.SkipUnless(group.CpuSeconds() is not null, "no hierarchy of version 2 counts CPU time here");
        const string Loop = "i=0; while [ $i -lt 500000 ]; do i=$((i+1)); done";

        var exit = await new ProcessSupervisor(ProcessRun.Launcher).RunAsync(
            run.Shell($"(setsid sh -c '{Loop}' &); {Loop}; wait") with { ControlGroupFiles = group.ProcessFiles },
            new Supervision { Mark = run.Mark, Timeout = run.Timeout, Grace = run.Grace, Group = group },
            TestContext.Current.CancellationToken);

        Assert.Equal(0, exit.ExitCode);
        var charged = exit.Usage!.Value.UserSeconds + exit.Usage.Value.SystemSeconds;
        Assert.InRange(group.CpuSeconds()!.Value, 0.9 * charged, charged + 1);
    }

    [Fact]
    public void A_group_that_cannot_be_made_whole_leaves_nothing_behind()
    {
        using var folder = new TestFolder();
        var memory = Directory.CreateDirectory(folder.File("memory")).FullName;
        File.WriteAllText(folder.File("no-folder"), "");

        Assert.ThrowsAny<IOException>(() => ControlGroupV1.Create(new ControlGroupFolders(memory, null, folder.File("no-folder"), null), "experiments-1", null));

        Assert.Empty(Directory.EnumerateFileSystemEntries(memory));
    }
}
