using Experiments.Processes.Kernel;
using Experiments.Processes.Sampling;
using Experiments.Processes.Trees;

namespace Experiments.Processes.Tests.Running;

[Collection(nameof(Alone))]
public class ProcessSupervisorTests
{
    [LinuxFact]
    public async Task An_exit_code_is_told_from_a_signal()
    {
        using var run = new ProcessRun();

        Assert.Equal((137, null), Code(await run.RunAsync("exit 137")));
        Assert.Equal((null, 9), Code(await run.RunAsync("kill -9 $$")));
        Assert.Equal((3, null), Code(await run.RunAsync("exit 3")));
        Assert.Equal((null, 6), Code(await run.RunAsync("kill -6 $$")));
    }

    [LinuxFact]
    public async Task Output_goes_whole_to_files_however_much_it_is()
    {
        using var run = new ProcessRun();

        var exit = await run.RunAsync("head -c 1000000000 /dev/zero; head -c 3000000 /dev/zero >&2");

        Assert.Equal(0, exit.ExitCode);
        Assert.Equal(1_000_000_000, new FileInfo(run.StandardOutput).Length);
        Assert.Equal(3_000_000, new FileInfo(run.StandardError).Length);
    }

    [LinuxFact]
    public async Task Standard_input_is_empty_and_no_signal_is_ignored_that_the_caller_does_not_ignore()
    {
        using var run = new ProcessRun();
        var status = await File.ReadAllTextAsync("/proc/self/status", TestContext.Current.CancellationToken);
        var ignored = Convert.ToUInt64(status[(status.IndexOf("SigIgn:", StringComparison.Ordinal) + 7)..].Trim()[..16], 16) & ~0x1000UL; // SIGPIPE: the runtime's own

        var exit = await run.RunAsync($"cat; grep -q 'SigIgn:.{ignored:x16}' /proc/self/status && grep -q 'SigBlk:.0000000000000000' /proc/self/status");

        Assert.Equal(0, exit.ExitCode);
        Assert.Equal(EndCause.Exited, exit.Cause);
    }

    [LinuxFact]
    public async Task Nobody_measures_the_tree_any_more_when_its_end_is_told()
    {
        var memory = new SlowMemory();
        var isRead = new List<bool>();
        using var sampler = new TreeSampler(memory, new TreeLimits(null));
        using var run = new ProcessRun
        {
            Sampler = sampler,
            Ended = () =>
            {
                for (var look = 0; look < 20; look++, Thread.Sleep(5))
                    isRead.Add(memory.IsRead);
            },
        };

        await run.RunAsync("sleep 0.1");

        Assert.NotEqual(0, memory.Readings);
        Assert.DoesNotContain(true, isRead);
    }

    [LinuxFact]
    public async Task A_reading_that_throws_anything_costs_a_sample_and_not_the_program()
    {
        using var sampler = new TreeSampler(new SlowMemory { Fault = new InvalidOperationException("torn") }, new TreeLimits(null));
        using var run = new ProcessRun { Sampler = sampler };

        var end = await run.RunAsync("sleep 0.1");

        Assert.Equal(0, end.ExitCode);
        Assert.Contains("InvalidOperationException: torn", end.Memory!.Reason, StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task A_process_past_its_time_is_asked_to_end_first()
    {
        using var run = new ProcessRun { Timeout = TimeSpan.FromMilliseconds(300) };

        var exit = await run.RunAsync("trap 'echo asked; exit 7' TERM; while :; do sleep 0.02; done");

        Assert.Equal(EndCause.TimedOut, exit.Cause);
        Assert.Equal(7, exit.ExitCode);
        Assert.Equal("asked\n", await File.ReadAllTextAsync(run.StandardOutput, TestContext.Current.CancellationToken));
    }

    [LinuxFact]
    public async Task A_process_that_ignores_the_request_is_killed_after_the_grace()
    {
        using var run = new ProcessRun { Timeout = TimeSpan.FromMilliseconds(200), Grace = TimeSpan.FromMilliseconds(300) };

        var exit = await run.RunAsync("trap 'echo asked' TERM INT; while :; do sleep 0.02; done");

        Assert.Equal(EndCause.TimedOut, exit.Cause);
        Assert.Equal(9, exit.Signal);
        Assert.StartsWith("asked\n", await File.ReadAllTextAsync(run.StandardOutput, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [LinuxFact]
    public async Task Cancelling_is_graceful_and_forcing_is_not()
    {
        using var cancellation = new CancellationTokenSource();
        using var force = new CancellationTokenSource();
        using var run = new ProcessRun { Grace = TimeSpan.FromMinutes(1), Force = force.Token };
        var running = run.RunAsync("trap 'echo asked' TERM; echo up; while :; do sleep 0.02; done", cancellation.Token);
        await ProcessRun.UntilAsync(() => Output(run).Contains("up", StringComparison.Ordinal));

        await cancellation.CancelAsync();
        await ProcessRun.UntilAsync(() => Output(run).Contains("asked", StringComparison.Ordinal));
        Assert.False(running.IsCompleted);
        await force.CancelAsync();
        var exit = await running;

        Assert.Equal(EndCause.Cancelled, exit.Cause);
        Assert.Equal(9, exit.Signal);
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Daemons_that_detach_twice_and_clear_their_environment_are_ended(bool inGroup)
    {
        using var run = new ProcessRun { InGroup = inGroup };
        var mark = $"7{Random.Shared.Next(100_000, 999_999)}";

        var exit = await run.RunAsync(
            $"for i in 1 2 3; do setsid sh -c 'env -i setsid sleep {mark} >/dev/null 2>&1 & exit 0' & done; wait; sleep {mark} & exit 5");

        Assert.Equal(5, exit.ExitCode);
        Assert.Equal(4, exit.Leftovers);
        Assert.Equal(0, exit.Unkillable);
        Assert.Empty(ProcessRun.Alive(mark));
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tree_that_keeps_forking_is_ended(bool inGroup)
    {
        using var run = new ProcessRun { InGroup = inGroup, Timeout = TimeSpan.FromMilliseconds(500), Grace = TimeSpan.FromMilliseconds(100) };
        var mark = $"8{Random.Shared.Next(100_000, 999_999)}";

        // Two that revive each other, in sessions of their own, deaf to requests.
        var exit = await run.RunAsync(
            $"trap '' TERM; (while :; do setsid sh -c \"trap '' TERM; sleep {mark}\" & sleep 0.01; done) & (while :; do sleep 0.01; done) & wait");

        Assert.Equal(EndCause.TimedOut, exit.Cause);
        Assert.Equal(0, exit.Unkillable);
        Assert.Empty(ProcessRun.Alive(mark));
    }

    [LinuxFact]
    public async Task What_the_tree_used_includes_its_ended_children()
    {
        using var run = new ProcessRun();

        var exit = await run.RunAsync("(i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done) & wait");

        Assert.InRange(exit.Usage!.Value.UserSeconds, 0.02, 60);
        Assert.True(exit.Usage.Value.MinorFaults > 0);
    }

    [LinuxFact]
    public async Task A_process_starts_in_its_folder_and_in_a_session_of_its_own()
    {
        using var run = new ProcessRun();

        await run.RunAsync("pwd -P; cut -d' ' -f1,5,6 /proc/$$/stat");
        var lines = await File.ReadAllLinesAsync(run.StandardOutput, TestContext.Current.CancellationToken);

        Assert.Equal(run.Folder, lines[0]);
        Assert.Single(lines[1].Split(' ').Distinct());
    }

    [LinuxFact]
    public async Task Many_processes_leave_no_handles_threads_or_zombies()
    {
        using var run = new ProcessRun();
        for (var warm = 0; warm < 10; warm++)
            await run.RunAsync("exit 0");
        var before = Directory.GetFileSystemEntries("/proc/self/fd").Length;

        for (var round = 0; round < 100; round++)
            await run.RunAsync("setsid sh -c 'exit 0' & wait; exit 0");

        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, before + 8);
        Assert.DoesNotContain(ProcFile.Processes(), id => ProcStat.Read(id) is { IsZombie: true } stat && TreeMembers.IsStray(stat));
    }

    private static (int? Code, int? Signal) Code(TreeEnd exit) => (exit.ExitCode, exit.Signal);

    private static string Output(ProcessRun run) => File.Exists(run.StandardOutput) ? File.ReadAllText(run.StandardOutput) : "";
}
