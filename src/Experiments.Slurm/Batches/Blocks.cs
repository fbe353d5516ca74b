using Experiments.Core.Plans;

namespace Experiments.Slurm.Batches;

/// <summary>Deals trials to jobs. Pure.</summary>
internal static class Blocks
{
    /// <summary>
    /// The jobs: rounds stay one after the other, each is shuffled, and what follows each other in that order shares a job. So a node that is slower than the others slows no configuration
    /// in all its repeats.
    /// </summary>
    /// <param name="orders">The trials, in the plan's order.</param>
    /// <param name="pack">Trials a job.</param>
    /// <param name="seed">The plan's seed.</param>
    public static IReadOnlyList<SlurmTask> Of(IReadOnlyList<SlurmOrder> orders, int pack, int seed)
    {
        var order = new List<SlurmOrder>(orders.Count);
        foreach (var round in orders.GroupBy(one => one.Trial.Repeat).OrderBy(round => round.Key))
        {
            var shuffled = round.OrderBy(one => one.Trial.Configuration.Id, StringComparer.Ordinal).ToArray();
            new TrialShuffler(seed, round.Key).Shuffle(shuffled.AsSpan());
            order.AddRange(shuffled);
        }

        return [.. order.Chunk(pack).Select(orders => new SlurmTask(orders))];
    }
}
