namespace Experiments.Processes.Tests.Sampling;

[Collection(nameof(Alone))]
public class MemoryLimitTests
{
    private const long Limit = 150L * 1024 * 1024;

    [LinuxTheory]
    [InlineData("cgroup", "private 400 20000")]
    [InlineData("cgroup", "tree 50 100 4 20000")]
    [InlineData("cgroup", "shm 400 20000")]
    [InlineData("proc", "private 400 20000")]
    [InlineData("proc", "tree 50 100 4 20000")]
    [InlineData("proc", "shm 400 20000")]
    public async Task A_tree_past_its_limit_is_ended_at_once(string method, string what)
    {
        var mark = what + Random.Shared.Next(1000).ToString("000", System.Globalization.CultureInfo.InvariantCulture);

        var end = await MemoryTruthTests.MeasureAsync(method, mark, Limit);

        Assert.Equal(EndCause.MemoryLimit, end.Cause);
        Assert.Empty(ProcessRun.Alive(mark.Replace(' ', '\0')));
        if (method == "cgroup")
            Assert.InRange(end.Memory!.Peak.UsedBytes, 0, Limit); // the kernel let it go no further
    }
}
