using Experiments.Processes.Memory;
using Experiments.Processes.Running;
using Experiments.Processes.Sampling;
using Experiments.Processes.Tests.Native;

namespace Experiments.Processes.Tests.Sampling;

/// <summary>What is measured of a program that takes known amounts of memory.</summary>
[Collection(nameof(Alone))]
public class MemoryTruthTests
{
    private const double Mebibyte = 1024 * 1024;

    [LinuxTheory]
    [InlineData("cgroup", "private 300 300", 300, 0.02)]
    [InlineData("cgroup", "tree 500 200 4 300", 1300, 0.02)]
    [InlineData("cgroup", "spike 200 20 200", 200, 0.02)]
    [InlineData("cgroup", "shm 300 300", 300, 0.02)]
    [InlineData("proc", "private 300 300", 300, 0.05)]
    [InlineData("proc", "tree 500 200 4 600", 1300, 0.05)]
    [InlineData("proc", "spike 200 200 200", 200, 0.05)]
    [InlineData("proc", "shm 300 300", 300, 0.05)]
    public async Task The_peak_is_what_was_taken(string method, string what, double expectedMegabytes, double tolerance)
    {
        // Without a control group, shared memory is the machine's growth: what others take or give back meanwhile is in it.
        var isShared = what.StartsWith("shm", StringComparison.Ordinal);
        for (var attempt = 0; ; attempt++)
        {
            var end = await MeasureAsync(method, what);
            var bytes = method == "cgroup" ? end.Memory!.Peak.UsedBytes : isShared ? end.Memory!.Peak.SharedBytes : end.Memory!.Peak.AnonymousBytes;
            Assert.StartsWith(method, end.Memory!.Method, StringComparison.Ordinal);
            if (method == "proc" && isShared && attempt < 4 && Math.Abs((bytes / Mebibyte) - expectedMegabytes) > expectedMegabytes * tolerance)
                continue;
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
                $"{what} by {end.Memory!.Method}: {bytes / Mebibyte:0} MiB measured, {expectedMegabytes} taken; the sum that ps would give: {end.Memory!.PeakResidentBytes / Mebibyte:0}"));
            Assert.InRange(bytes / Mebibyte, expectedMegabytes * (1 - tolerance), expectedMegabytes * (1 + tolerance));
            return;
        }
    }

    [LinuxTheory]
    [InlineData("cgroup")]
    [InlineData("proc")]
    public async Task Page_cache_is_not_counted(string method)
    {
        using var folder = new TestFolder();

        var end = await MeasureAsync(method, $"cache 200 200 {folder.File("cached")}");

        Assert.InRange((method == "cgroup" ? end.Memory!.Peak.UsedBytes : end.Memory!.Peak.AnonymousBytes) / Mebibyte, 0, 10);
        if (method == "cgroup")
            Assert.InRange(end.Memory!.PeakBoundBytes!.Value / Mebibyte, 190, 400);
    }

    [LinuxFact]
    public async Task Summed_resident_sets_would_count_shared_pages_again_for_each_process()
    {
        var end = await MeasureAsync("cgroup", "tree 300 20 4 600");

        Assert.InRange(end.Memory!.PeakResidentBytes / Mebibyte, 1400, 1700); // 5 × 300 + 4 × 20; taken: 380
    }

    [LinuxTheory]
    [InlineData("cgroup", 0.05)] // the first samples pay for the compiler
    [InlineData("proc", 0.05)] // at the start it may read exactly at once
    public async Task Sampling_costs_less_than_a_hundredth_of_a_core(string method, double allowanceSeconds)
    {
        var end = await MeasureAsync(method, "tree 100 10 4 1500");

        Assert.InRange(end.Memory!.Cost, 0, 0.01 + (allowanceSeconds / 1.5));
        Assert.InRange(end.Memory!.Samples, 10, 200);
    }

    internal static async Task<TreeEnd> MeasureAsync(string method, string what, long? limitBytes = null)
    {
        using var run = new ProcessRun();
        var program = NativeProgram.Memory();
        var groups = method == "cgroup" ? ProcessRun.RequireGroups() : null;
        using var group = groups?.TryCreate($"experiments-test-{Path.GetFileName(run.Folder)}", limitBytes);
        var end = await new ProcessSupervisor(ProcessRun.Launcher).RunAsync(
            run.Shell("") with { Program = program, Arguments = what.Split(' '), ControlGroupFiles = group?.ProcessFiles ?? [] },
            new Supervision
            {
                Mark = run.Mark,
                Timeout = TimeSpan.FromMinutes(1),
                Grace = TimeSpan.FromSeconds(1),
                Group = group,
                Sample = (_, tree) => new TreeSampler(group is null ? new ProcMemory(tree!, "a test") : new ControlGroupMemory(group, groups!.Method), new TreeLimits(limitBytes)),
            },
            CancellationToken.None);
        if (limitBytes is null)
            Assert.Equal(0, end.ExitCode);
        return end;
    }
}
