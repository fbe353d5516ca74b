using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Experiments.EndToEnd.Tests.Chaos;

/// <summary>
/// The tool beside a disk and a system that fail: whatever call fails, at whatever moment, it ends soon, with an exit code that says the truth, and
/// loses nothing that was measured.
/// </summary>
[Trait("Category", "Chaos")]
public sealed class ToolChaosTests
{
    private const string FaultsVariable = "EXPERIMENTS_CHAOS_FAULTS";
    private const string SeedVariable = "EXPERIMENTS_CHAOS_SEED";

    /// <summary>200 faults, or as many as the variable says (CI: 100, for its time), from seed 1 on, or the one that the variable says.</summary>
    [Fact]
    public async Task No_fault_ends_a_sweep_with_a_stack_trace_or_a_lie_or_costs_what_was_measured()
    {
        FaultLibrary.Path();
        var begun = Stopwatch.GetTimestamp();
        var calls = await UndisturbedAsync();
        var patience = Longest(Stopwatch.GetElapsedTime(begun));
        var wrong = new ConcurrentBag<string>();
        var first = Number(SeedVariable, 1);
        await Parallel.ForAsync(
            first, first + Number(FaultsVariable, 200), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount), CancellationToken = TestContext.Current.CancellationToken },
            async (seed, _) =>
            {
                var fault = Fault.Of(seed, calls);
                using var sweep = new FaultySweep();
                if (await sweep.RunAsync(fault, patience) is { Count: > 0 } faults)
                    wrong.Add($"seed {seed}: {fault}\n{string.Join('\n', faults)}");
            });

        Assert.True(wrong.IsEmpty, $"{wrong.Count} are wrong; {SeedVariable}=N {FaultsVariable}=1 repeats one of them\n\n{string.Join("\n\n", wrong)}");
    }

    /// <summary>30 s; on a machine that others use, where nothing fails and it takes long all the same, more.</summary>
    private static TimeSpan Longest(TimeSpan undisturbed) => undisturbed * 8 is var more && more > TimeSpan.FromSeconds(30) ? more : TimeSpan.FromSeconds(30);

    private static async Task<IReadOnlyDictionary<string, int>> UndisturbedAsync()
    {
        using var sweep = new FaultySweep();
        Assert.Empty(await sweep.RunAsync(null, TimeSpan.FromMinutes(5)));
        Assert.All(sweep.Calls, calls => Assert.True(calls.Value > 0, $"no {calls.Key} is seen: nothing could fail"));
        return sweep.Calls;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
