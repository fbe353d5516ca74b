using System.Buffers.Binary;
using Experiments.Processes.Memory.MacOS;

namespace Experiments.Processes.Tests.Memory.MacOS;

/// <summary>Footprints from bytes as macOS lays them out, and trees from a fake; the calls themselves need macOS.</summary>
public class FootprintMemoryTests
{
    // struct rusage_info_v4 of bsd/sys/resource.h: ri_uuid (16 bytes), then numbers of 8 bytes: ri_user_time 16, ri_system_time 24, two wakeups,
    // ri_pageins 48, ri_wired_size 56, ri_resident_size 64, ri_phys_footprint 72, ri_proc_start_abstime 80, …,
    // ri_logical_writes 232, ri_lifetime_max_phys_footprint 240, …, ri_runnable_time 288.
    [Fact]
    public void A_footprint_is_read_from_its_place_in_the_struct()
    {
        var usage = new byte[296];
        for (var number = 0; number < 35; number++)
            BinaryPrimitives.WriteInt64LittleEndian(usage.AsSpan(16 + (8 * number)), 1000 + number);

        Assert.Equal(296, Footprint.StructBytes);
        Assert.Equal(new Footprint(Bytes: 1007, MostBytes: 1028, Started: 1008), Footprint.Of(usage));
    }

    [Fact]
    public void Memory_is_the_sum_over_the_tree()
    {
        var processes = new FakeProcesses { { 10, 0, 100 }, { 11, 10, 20 }, { 12, 11, 3 }, { 99, 1, 5000 } };
        var memory = new FootprintMemory(10, processes);

        Assert.Equal(123, memory.Read(default).UsedBytes);
        Assert.Equal([10, 11, 12], memory.Processes().Order());
        Assert.True(memory.Exceeds(122));
        Assert.False(memory.Exceeds(123));
    }

    [Fact]
    public void A_process_that_was_seen_stays_when_its_parent_ends()
    {
        var processes = new FakeProcesses { { 10, 0, 100 }, { 11, 10, 20 }, { 12, 11, 3 } };
        var memory = new FootprintMemory(10, processes);
        memory.Read(default);

        processes.End(11);
        processes.Add(12, 1, 4);

        Assert.Equal(104, memory.Read(default).UsedBytes);
    }

    [Fact]
    public void A_number_that_went_to_another_process_is_not_the_trees()
    {
        var processes = new FakeProcesses { { 10, 0, 100 }, { 11, 10, 20 } };
        var memory = new FootprintMemory(10, processes);
        memory.Read(default);

        processes.End(11);
        processes.Add(11, 1, 7000, started: 2);

        Assert.Equal(100, memory.Read(default).UsedBytes);
    }

    [Fact]
    public void The_peak_is_what_was_read_and_the_bound_is_each_processs_own_highest()
    {
        var processes = new FakeProcesses { { 10, 0, 100 }, { 11, 10, 20 } };
        var memory = new FootprintMemory(10, processes);
        memory.Read(default);
        processes.End(11);
        memory.Read(default);
        processes.Add(12, 10, 5);
        memory.Read(default);
        processes.End(10);
        processes.End(12);
        memory.Read(default);

        Assert.Equal(120, memory.Peak().UsedBytes);
        Assert.Equal(2 * 125, memory.PeakBoundBytes()); // the fake's highest is twice what it holds
    }

    private sealed class FakeProcesses : IFootprints, System.Collections.IEnumerable
    {
        private readonly Dictionary<int, (int Parent, Footprint Footprint)> _alive = [];

        public Footprint? Read(int process) => _alive.TryGetValue(process, out var found) ? found.Footprint : null;

        public IReadOnlyList<int> Children(int process) => [.. _alive.Where(one => one.Value.Parent == process).Select(one => one.Key)];

        public System.Collections.IEnumerator GetEnumerator() => _alive.GetEnumerator();

        internal void Add(int process, int parent, long bytes, long started = 1) => _alive[process] = (parent, new Footprint(bytes, 2 * bytes, started));

        internal void End(int process) => _alive.Remove(process);
    }
}
