using System.Diagnostics;
using Experiments.Engine.Journal;
using Experiments.Processes.Kernel;
using Experiments.Processes.Tests;

namespace Experiments.Engine.Tests.Sweeps;

/// <summary>A sweep whose own process is killed.</summary>
public class SuddenEndTests
{
    private const int Trials = 12;

    [LinuxTheory]
    [InlineData("best", 10)]
    [InlineData("proc", 4)]
    public async Task A_sweep_killed_at_random_moments_is_resumed_to_the_same_trials_and_leaves_no_process(string memory, int kills)
    {
        using var folder = new TestFolder();
        var random = new Random(kills);
        var mark = $"6{Random.Shared.Next(100_000, 999_999)}";
        var script = $"setsid sleep {mark} & (trap '' TERM; sleep {mark}) & "
            + $"sleep 0.0$1; echo $1 >> {folder.Path}/ran; {SweepTest.Step} kill -9 %1 %2 2>/dev/null; exit 0";
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = Start(folder.Path, memory, script, Resumable(folder.Path));
            await Task.WhenAny(process.WaitForExitAsync(TestContext.Current.CancellationToken), Task.Delay(random.Next(60, 500), TestContext.Current.CancellationToken));
            process.Kill(); // this process alone
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            await ProcessRun.UntilAsync(() => ProcessRun.Alive(mark).Count == 0);
        }

        using var last = Start(folder.Path, memory, script, Resumable(folder.Path));
        await last.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, last.ExitCode);
        var sweep = Assert.Single(SweepFolder.All(folder.File(".experiments"), "test"));
        var journal = sweep.ReadJournal();
        Assert.Equal(Trials, journal.Select(result => result.TrialId).Distinct().Count());
        Assert.Equal(Trials, File.ReadAllLines(sweep.Journal).Length);
        Assert.All(journal, result => Assert.Equal(16, result.Metric(Core.Results.MetricKeys.SamplesPerSecond)));
        Assert.All(File.ReadAllLines(folder.File("ran")).GroupBy(line => line), runs => Assert.InRange(runs.Count(), 1, kills + 1));
        Assert.Empty(ProcessRun.Alive(mark));
    }

    [LinuxFact]
    public async Task What_both_the_sweep_and_its_watchdog_left_is_ended_when_it_is_resumed()
    {
        using var folder = new TestFolder();
        var mark = $"5{Random.Shared.Next(100_000, 999_999)}";
        var script = $"[ -f {folder.Path}/go ] || {{ touch {folder.Path}/up; setsid sleep {mark}; }}; {SweepTest.Step}";
        using var process = Start(folder.Path, "best", script, null);
        await ProcessRun.UntilAsync(() => File.Exists(folder.File("up")) && ProcessRun.Alive(mark).Count > 0);
        var watchdog = ProcFile.Processes().Select(id => ProcStat.Read(id)).Single(stat => stat?.Parent == process.Id && IsWatchdog(stat.Value.Id))!.Value.Id;

        Process.GetProcessById(watchdog).Kill();
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEmpty(ProcessRun.Alive(mark));
        await File.WriteAllTextAsync(folder.File("go"), "", TestContext.Current.CancellationToken);
        using var resumed = Start(folder.Path, "best", script, Resumable(folder.Path));
        await resumed.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, resumed.ExitCode);
        Assert.Empty(ProcessRun.Alive(mark));
    }

    private static bool IsWatchdog(int id)
    {
        Span<byte> buffer = stackalloc byte[4096];
        return buffer[..ProcFile.Read($"/proc/{id}/cmdline", buffer)].IndexOf("experiments-watchdog"u8) >= 0;
    }

    private static string? Resumable(string folder) =>
        SweepFolder.All(Path.Combine(folder, ".experiments"), "test") is [var sweep, ..] ? sweep.SweepId : null;

    private static Process Start(string folder, string memory, string script, string? resumeId)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Experiments.TestSweep.dll"), folder, $"{Trials}", script];
        var start = new ProcessStartInfo("dotnet", resumeId is null ? arguments : [.. arguments, resumeId]) { RedirectStandardOutput = true };
        start.Environment["TEST_MEMORY"] = memory;
        return Process.Start(start)!;
    }
}
