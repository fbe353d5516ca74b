using System.Buffers.Binary;
using Experiments.Processes.Memory.Windows;

namespace Experiments.Processes.Tests.Memory.Windows;

/// <summary>Job objects from bytes as 64-bit Windows lays them out; the calls themselves need Windows.</summary>
public class JobMemoryTests
{
    private const long Mebibyte = 1 << 20;

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h: the basic limits (two times, flags at 16, two sizes, a count, a mask of 8 at 48, two words),
    // IO_COUNTERS (six counts of 8 from 64), then four sizes of 8: process limit 112, job limit 120, process peak 128, job peak 136.
    private const int FlagsAt = 16;
    private const int JobMemoryLimitAt = 120;
    private const int ProcessPeakAt = 128;
    private const int JobPeakAt = 136;

    // PROCESS_MEMORY_COUNTERS_EX of psapi.h: two words, then nine sizes of 8 from 8; PagefileUsage 56, its peak 64, PrivateUsage 72.
    private const int WorkingSetAt = 16;
    private const int PrivateUsageAt = 72;

    [Fact]
    public void A_job_is_limited_and_ends_its_processes_when_it_is_closed()
    {
        var information = new byte[JobStructs.ExtendedLimitBytes];
        JobStructs.WriteLimits(12345 * Mebibyte, information);

        var expected = new byte[144];
        BinaryPrimitives.WriteUInt32LittleEndian(expected.AsSpan(FlagsAt), 0x2200); // JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_JOB_MEMORY
        BinaryPrimitives.WriteInt64LittleEndian(expected.AsSpan(JobMemoryLimitAt), 12345 * Mebibyte);
        Assert.Equal(expected, information);
    }

    [Fact]
    public void The_job_stands_above_the_trials_limit_so_that_passing_it_is_seen()
    {
        Assert.Equal(9 * Mebibyte, JobMemory.JobLimitBytes(8 * Mebibyte));
        Assert.Null(JobMemory.JobLimitBytes(null));
    }

    [Fact]
    public void Memory_is_the_sum_of_what_processes_committed_for_themselves()
    {
        using var memory = new JobMemory(new FakeJob { Private = { [4] = 100, [70000] = 50 } }, null);

        Assert.Equal(150 * Mebibyte, memory.Read(default).UsedBytes);
        Assert.Equal([4, 70000], memory.Processes());
        Assert.Equal("job-object", memory.Method);
    }

    [Fact]
    public void The_peak_is_the_jobs_own_which_sees_the_shortest_spike()
    {
        var job = new FakeJob { Private = { [4] = 100 }, Peak = 700 };
        using var memory = new JobMemory(job, 600 * Mebibyte);
        memory.Read(default);

        Assert.Equal(700 * Mebibyte, memory.Peak().UsedBytes);
        Assert.True(memory.KernelKilled());
        Assert.False(memory.Exceeds(600 * Mebibyte));
    }

    [Fact]
    public void A_job_that_answers_nothing_leaves_what_was_read_before()
    {
        var job = new FakeJob { Private = { [4] = 100 } };
        using var memory = new JobMemory(job, 600 * Mebibyte);
        memory.Read(default);
        job.Refuses = true;

        Assert.Equal(0, memory.Read(default).UsedBytes);
        Assert.Equal(100 * Mebibyte, memory.Peak().UsedBytes);
        Assert.False(memory.KernelKilled());
        Assert.Empty(memory.Processes());
    }

    [Fact]
    public void A_list_of_processes_that_was_cut_is_read_as_far_as_it_goes()
    {
        var list = new byte[8 + (2 * 8)];
        BinaryPrimitives.WriteUInt32LittleEndian(list, 5);
        BinaryPrimitives.WriteUInt32LittleEndian(list.AsSpan(4), 5);
        list[8] = 12;
        list[16] = 16;

        Assert.Equal([12, 16], JobStructs.Processes(list));
    }

    private sealed class FakeJob : IJob
    {
        internal Dictionary<int, long> Private { get; } = [];

        internal long Peak { get; init; }

        internal bool Refuses { get; set; }

        public bool Query(int informationClass, Span<byte> buffer)
        {
            buffer.Fill(0xee); // what is not asked for is anything
            if (informationClass == 9)
            {
                BinaryPrimitives.WriteInt64LittleEndian(buffer[ProcessPeakAt..], 5 * Mebibyte);
                BinaryPrimitives.WriteInt64LittleEndian(buffer[JobPeakAt..], Peak * Mebibyte);
            }

            if (informationClass == 3)
            {
                BinaryPrimitives.WriteInt32LittleEndian(buffer, Private.Count);
                BinaryPrimitives.WriteInt32LittleEndian(buffer[4..], Private.Count);
                foreach (var (index, process) in Private.Keys.Index())
                    BinaryPrimitives.WriteInt64LittleEndian(buffer[(8 + (8 * index))..], process);
            }

            return !Refuses;
        }

        public bool ReadProcess(int process, Span<byte> counters)
        {
            Assert.Equal(80, counters.Length);
            counters.Fill(0xee);
            BinaryPrimitives.WriteInt64LittleEndian(counters[WorkingSetAt..], 7 * Mebibyte);
            BinaryPrimitives.WriteInt64LittleEndian(counters[PrivateUsageAt..], Private[process] * Mebibyte);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
