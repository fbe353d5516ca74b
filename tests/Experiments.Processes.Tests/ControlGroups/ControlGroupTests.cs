using Experiments.Processes.ControlGroups;
using Experiments.Processes.Kernel;

namespace Experiments.Processes.Tests.ControlGroups;

public class ControlGroupTests
{
    private const string Version2Stat = """
        anon 1363148800
        file 735051776
        kernel 9437184
        kernel_stack 98304
        shmem 104857600
        file_mapped 20971520
        anon_thp 0
        inactive_anon 1468006400
        """;

    private const string Version1Stat = """
        cache 0
        rss 0
        shmem 0
        total_cache 735051776
        total_rss 1363148800
        total_rss_huge 1048576000
        total_shmem 104857600
        total_swap 4096
        """;

    [Fact]
    public void Version_2_counts_anonymous_and_shared_memory_and_keeps_page_cache_apart()
    {
        var memory = ControlGroupV2.ParseStat(System.Text.Encoding.ASCII.GetBytes(Version2Stat), swapBytes: 4096);

        Assert.Equal(new MemoryReading(1363148800, 104857600, 735051776 - 104857600, 4096), memory);
        Assert.Equal(1363148800 + 104857600 + 4096, memory.UsedBytes);
    }

    [Fact]
    public void Version_1_counts_the_whole_hierarchy()
    {
        var memory = ControlGroupV1.ParseStat(System.Text.Encoding.ASCII.GetBytes(Version1Stat));

        Assert.Equal(new MemoryReading(1363148800, 104857600, 735051776 - 104857600, 4096), memory);
    }

    [Fact]
    public void A_key_is_not_found_within_another()
    {
        Assert.Equal(0, FlatKeyed.Value("anon_thp 7\nshmem_thp 8\nfile 9"u8, "shmem "u8));
        Assert.Equal(9, FlatKeyed.Value("anon_thp 7\nshmem_thp 8\nfile 9"u8, "file "u8));
        Assert.Equal(3, FlatKeyed.Value("low 0\nhigh 0\nmax 12\noom 4\noom_kill 3\noom_group_kill 1\n"u8, "oom_kill "u8));
    }

    [Fact]
    public void A_group_of_version_2_is_made_limited_read_and_removed()
    {
        using var folder = new TestFolder();
        var group = Path.Combine(folder.Path, "experiments-1");
        Directory.CreateDirectory(group);
        foreach (var (name, text) in new[]
        {
            ("memory.stat", Version2Stat), ("memory.events", "oom 1\noom_kill 2\n"), ("memory.peak", "2000000000\n"),
            ("memory.max", "max\n"), ("memory.oom.group", "0\n"), ("cgroup.procs", "17\n4711\n"), ("memory.swap.current", "8192\n"),
        })
            File.WriteAllText(Path.Combine(group, name), text);

        using var made = ControlGroupV2.Create(folder.Path, "experiments-1", 1000);

        Assert.Equal("1000", File.ReadAllText(Path.Combine(group, "memory.max")));
        Assert.Equal("1", File.ReadAllText(Path.Combine(group, "memory.oom.group")));
        Assert.Equal([17, 4711], made.Processes());
        Assert.Equal(2, made.OutOfMemoryKills());
        Assert.Equal(2000000000, made.PeakCounterBytes());
        Assert.Equal(8192, made.ReadMemory().SwapBytes);
    }

    [Fact]
    public void A_hybrid_machine_has_its_memory_controller_in_version_1()
    {
        var layout = ControlGroupLayout.Parse(
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:7 master:3 - cgroup cgroup rw,memory
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """,
            "4:memory:/user/1000\n2:cpu,cpuacct:/\n0::/user.slice\n");

        Assert.Equal("/sys/fs/cgroup/memory/user/1000", layout.Version1["memory"]);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", layout.Version1["cpu"]);
        Assert.Equal("/sys/fs/cgroup/unified/user.slice", layout.Version2);
    }

    [Fact]
    public void A_container_sees_its_own_part_of_the_hierarchy()
    {
        var layout = ControlGroupLayout.Parse(
            """
            900 890 0:26 /docker/abc /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory
            901 890 0:27 /../.. /sys/fs/cgroup rw - cgroup2 cgroup rw
            """,
            "4:memory:/docker/abc\n0::/../..\n");

        Assert.Equal("/sys/fs/cgroup/memory", layout.Version1["memory"]);
        Assert.Equal("/sys/fs/cgroup", layout.Version2);
    }

    [Fact]
    public void Limits_are_looked_for_up_to_the_mount()
    {
        Assert.Equal(
            ["/sys/fs/cgroup/a/b", "/sys/fs/cgroup/a", "/sys/fs/cgroup"],
            ControlGroupLayout.Upwards("/sys/fs/cgroup/a/b", "/sys/fs/cgroup"));
    }

    [Fact]
    public void No_control_groups_is_no_error()
    {
        var layout = ControlGroupLayout.Parse("", "");

        Assert.Empty(layout.Version1);
        Assert.Null(layout.Version2);
    }
}
