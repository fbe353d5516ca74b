namespace Experiments.Data.Sampling;

/// <summary>Every sample once, in an order drawn from seed and epoch (Fisher–Yates).</summary>
public sealed class RandomSampler : ISampler
{
    /// <inheritdoc/>
    public int[] Order(int count, ulong seed, int epoch)
    {
        var order = new SequentialSampler().Order(count, seed, epoch);
        var random = new SampleRandom(seed, (ulong)epoch, ulong.MaxValue);
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
