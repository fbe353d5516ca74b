using Experiments.Analysis.Baselines;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Results;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Baselines;

public class LastSweepsTests
{
    private static readonly DateTimeOffset Today = DateTimeOffset.UnixEpoch.AddDays(10);

    [Fact]
    public async Task The_last_passing_sweeps_of_the_machine_are_taken_with_all_their_repeats_in_the_order_of_time()
    {
        var baseline = await LastAsync(2, null, Night(9, 99), Night(8, 98) with { MachineId = "other" }, Night(7, 97) with { Passed = false }, Night(6, 96), Night(5, 95));

        Assert.Equal([96, 99], Throughputs(baseline!));
        Assert.Equal(("s9", Machine), (baseline!.SweepId, baseline.Machine));
    }

    [Fact]
    public async Task A_later_sweep_than_the_one_that_is_judged_is_not_taken() =>
        Assert.Equal([95], Throughputs((await LastAsync(2, null, Night(11, 99), Night(5, 95)))!));

    [Fact]
    public async Task What_somebody_accepted_goes_before_everything_older()
    {
        var accepted = Accepted(7, 50);

        Assert.Equal([50], Throughputs((await LastAsync(3, accepted, Night(6, 96), Night(5, 95)))!));
        Assert.Equal([50, 51], Throughputs((await LastAsync(3, accepted, Night(8, 51), Night(6, 96)))!));
        Assert.Equal([51, 52], Throughputs((await LastAsync(2, accepted, Night(9, 52), Night(8, 51), Night(6, 96)))!));
    }

    [Fact]
    public async Task No_passing_sweep_is_no_baseline() => Assert.Null(await LastAsync(5, null, Night(9, 99) with { Passed = false }));

    [Fact]
    public async Task No_more_is_read_than_needed()
    {
        var read = 0;
        await BaselineFrom.LastAsync(Nights(), Definition(Choice(2)), Machine, Today, null);

        Assert.Equal(2, read);

        async IAsyncEnumerable<PastSweep> Nights()
        {
            for (var day = 9; day > 0; day--)
            {
                read++;
                yield return Night(day, 100);
                await Task.Yield();
            }
        }
    }

    private static Task<Baseline?> LastAsync(int sweeps, Baseline? accepted, params PastSweep[] latestFirst) =>
        BaselineFrom.LastAsync(latestFirst.ToAsyncEnumerable(), Definition(Choice(sweeps)), Machine, Today, accepted);

    private static Gates Choice(int sweeps) => new() { Baseline = new BaselineChoice { Source = BaselineChoice.Mlflow, Sweeps = sweeps } };

    private static PastSweep Night(int day, double rate) => new()
    {
        SweepId = $"s{day}",
        StartedAt = DateTimeOffset.UnixEpoch.AddDays(day),
        MachineId = Machine.Id,
        Passed = true,
        Configurations = BaselineFrom.Sweep(Sweep([Trial(Matrix[0], 1, rate)]), Today).Configurations,
    };

    private static Baseline Accepted(int day, double rate) => BaselineFrom.Sweep(Sweep([Trial(Matrix[0], 1, rate)]), DateTimeOffset.UnixEpoch.AddDays(day), "known");

    private static IReadOnlyList<double> Throughputs(Baseline baseline) => Assert.Single(baseline.Configurations).Metrics[MetricKeys.SamplesPerSecond];
}
