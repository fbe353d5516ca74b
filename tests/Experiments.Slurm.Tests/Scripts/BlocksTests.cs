using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Slurm.Batches;

namespace Experiments.Slurm.Tests.Scripts;

/// <summary>Which job runs which trial.</summary>
public class BlocksTests
{
    private static readonly SlurmOrder[] Orders =
    [
        .. from repeat in Enumerable.Range(1, 3) from workers in Enumerable.Range(0, 16)
           select new SlurmOrder { Trial = new PlannedTrial(Configuration.Create(new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of((long)workers) }), repeat), Steps = 20 },
    ];

    [Fact]
    public void Every_trial_is_in_one_job_and_no_job_has_more_than_its_share()
    {
        var jobs = Blocks.Of(Orders, pack: 5, seed: 1);

        Assert.Equal(10, jobs.Count);
        Assert.All(jobs, job => Assert.InRange(job.Orders.Count, 1, 5));
        Assert.Equal(Orders.Select(order => order.Trial.Id).Order(StringComparer.Ordinal), jobs.SelectMany(job => job.Orders).Select(order => order.Trial.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rounds_follow_each_other_and_each_is_shuffled_in_its_own_way()
    {
        var order = Blocks.Of(Orders, pack: 8, seed: 1).SelectMany(job => job.Orders).ToArray();

        Assert.Equal(Orders.Select(one => one.Trial.Repeat), order.Select(one => one.Trial.Repeat));
        string[] rounds = [.. order.GroupBy(one => one.Trial.Repeat).Select(round => string.Join(' ', round.Select(one => one.Trial.Configuration.NumWorkers)))];
        Assert.Equal(3, rounds.Distinct().Count());
        Assert.Equal(order.Select(one => one.Trial.Id), Blocks.Of(Orders, pack: 3, seed: 1).SelectMany(job => job.Orders).Select(one => one.Trial.Id));
        Assert.NotEqual(order.Select(one => one.Trial.Id), Blocks.Of(Orders, pack: 8, seed: 2).SelectMany(job => job.Orders).Select(one => one.Trial.Id));
    }
}
