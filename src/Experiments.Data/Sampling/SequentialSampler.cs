namespace Experiments.Data.Sampling;

/// <summary>Every sample once, in the source's order.</summary>
public sealed class SequentialSampler : ISampler
{
    /// <inheritdoc/>
    public int[] Order(int count, ulong seed, int epoch)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        return order;
    }
}
