using System.Diagnostics;
using Experiments.Core.Events;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Engine.Tests.Sweeps;

[Collection(nameof(Alone))]
public class LongSweepTests
{
    private const int Trials = 200;
    private const int Settled = 50;

    [LinuxTheory]
    [InlineData("best")]
    [InlineData("proc")]
    public async Task Two_hundred_trials_in_a_row_leave_memory_and_handles_as_they_were(string memory)
    {
        using var sweep = new SweepTest();
        var watch = new Watch();

        var result = await SweepTest.RunAsync(sweep.Request(SweepTest.Step, Trials, memory: memory), watch);

        Assert.All(result.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        var (before, after) = (watch.Points[Settled], watch.Points[^1]);
        Assert.InRange(after.Handles - before.Handles, -20, 2);
        Assert.InRange(after.Threads - before.Threads, -20, 4);
        Assert.InRange((after.ManagedBytes - before.ManagedBytes) / (1024.0 * 1024), -100, 4); // results are kept, some KiB each
        TestContext.Current.TestOutputHelper?.WriteLine($"{before} after {Settled} trials, {after} after {Trials}");
    }

    /// <summary>Looks at this process after every trial.</summary>
    private sealed class Watch : ISweepObserver
    {
        public string Name => "watch";

        public List<(long ManagedBytes, int Handles, int Threads)> Points { get; } = [];

        public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken)
        {
            var isLookedAt = Points.Count is Settled or Trials - 1;
            using var self = Process.GetCurrentProcess();
            Points.Add((GC.GetTotalMemory(forceFullCollection: isLookedAt), Directory.GetFileSystemEntries("/proc/self/fd").Length, self.Threads.Count));
            return ValueTask.CompletedTask;
        }

        public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
