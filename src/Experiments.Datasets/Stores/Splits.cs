namespace Experiments.Datasets.Stores;

/// <summary>The splits of a store and their shares: 70, 10 and 20 %, as MELD-DA, MIntRec and IEMOCAP-DA are divided.</summary>
internal static class Splits
{
    public static IReadOnlyList<string> Names { get; } = ["train", "dev", "test"];

    /// <summary>How many of a number of samples each split gets; they sum up to it.</summary>
    public static int[] Sizes(int samples)
    {
        var dev = (int)Math.Round(samples * 0.1, MidpointRounding.AwayFromZero);
        var test = (int)Math.Round(samples * 0.2, MidpointRounding.AwayFromZero);
        return [samples - dev - test, dev, test];
    }
}
