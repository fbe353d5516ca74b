namespace Experiments.Data.Sampling;

/// <summary>Samples drawn with replacement, each as often as its weight says; for classes of unequal size.</summary>
public sealed class WeightedSampler : ISampler
{
    private readonly double[] _cumulative;
    private readonly int _draws;

    /// <summary>Makes a sampler.</summary>
    /// <param name="weights">One weight a sample, not negative, at least one above zero.</param>
    /// <param name="draws">Samples an epoch; null is one for each weight.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are zero.</exception>
    public WeightedSampler(IReadOnlyList<double> weights, int? draws = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        _draws = draws ?? weights.Count;
        _cumulative = new double[weights.Count];
        var sum = 0.0;
        for (var i = 0; i < weights.Count; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw new ArgumentException($"Weight {i} is {weights[i]}; weights are finite and not negative.", nameof(weights));
            }

            _cumulative[i] = sum += weights[i];
        }

        if (sum <= 0)
        {
            throw new ArgumentException("All weights are zero.", nameof(weights));
        }
    }

    /// <inheritdoc/>
    public int[] Order(int count, ulong seed, int epoch)
    {
        if (count != _cumulative.Length)
        {
            throw new InvalidOperationException($"The sampler has {_cumulative.Length} weights, the source {count} samples.");
        }

        var random = new SampleRandom(seed, (ulong)epoch, ulong.MaxValue);
        var order = new int[_draws];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = IndexOf(random.NextDouble() * _cumulative[^1]);
        }

        return order;
    }

    // The first index whose cumulative weight exceeds the draw; a sample of weight zero never has that.
    private int IndexOf(double draw)
    {
        int low = 0, high = _cumulative.Length - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _cumulative[middle] > draw ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
