namespace Experiments.Datasets.Synthetic;

/// <summary>Divides a number of samples by shares into whole numbers: the largest remainders are rounded up.</summary>
internal static class Apportionment
{
    public static int[] Of(IEnumerable<double> shares, int total)
    {
        var weights = shares.ToArray();
        var sum = weights.Sum();
        var exact = weights.Select(weight => weight / sum * total).ToArray();
        var counts = exact.Select(value => (int)value).ToArray();
        foreach (var i in Enumerable.Range(0, counts.Length).OrderByDescending(i => exact[i] - counts[i]).Take(total - counts.Sum()))
            counts[i]++;
        return counts;
    }

    /// <summary>As <see cref="Of"/>, but nobody goes without; the largest pay.</summary>
    public static int[] AtLeastOne(IEnumerable<double> shares, int total)
    {
        var counts = Of(shares, total);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
                continue;
            counts[Array.IndexOf(counts, counts.Max())]--;
            counts[i] = 1;
        }

        return counts;
    }
}
