using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>How much a trial of each configuration scatters.</summary>
internal sealed class NoiseModel
{
    /// <summary>Chance of taking usual scatter for more.</summary>
    private const double VisibleLevel = 0.05;

    private readonly ModeratedVariance? moderated;
    private readonly (double Deviation, double Degrees)? acrossConfigurations;

    private NoiseModel(ModeratedVariance? moderated, (double Deviation, double Degrees)? acrossConfigurations, double inflation) =>
        (this.moderated, this.acrossConfigurations, Inflation) = (moderated, acrossConfigurations, inflation);

    /// <summary>By how much variances are too small because some degrees of freedom went into the machine's drift.</summary>
    public double Inflation { get; }

    /// <summary>Learns the noise.</summary>
    /// <param name="pairs">All compared configurations.</param>
    /// <param name="lostDegrees">Degrees of freedom spent on the machine's drift.</param>
    public static NoiseModel Fit(IReadOnlyList<Pair> pairs, int lostDegrees)
    {
        var floor = ThroughputModel.Resolution * ThroughputModel.Resolution;
        var degrees = pairs.Sum(pair => pair.Degrees);
        if (degrees > lostDegrees)
            return new NoiseModel(
                ModeratedVariance.Fit([.. pairs.Select(pair => (Math.Max(pair.Variance, floor), (double)pair.Degrees))]), null, (double)degrees / (degrees - lostDegrees));

        // One repeat each: how differently the configurations changed is all that is known of the noise.
        if (pairs.Count < 4)
            return new NoiseModel(null, null, 1);
        var changes = pairs.Select(pair => pair.MeanChange / pair.Precision).ToArray();
        return new NoiseModel(null, (Math.Max(RobustLocation.Spread(changes), ThroughputModel.Resolution), pairs.Count - 1), 1);
    }

    /// <summary>Standard deviation of one trial's logarithm and its degrees of freedom; null when nothing is known of the noise.</summary>
    public (double Deviation, double Degrees)? Of(Pair pair)
    {
        if (moderated is null)
            return acrossConfigurations;
        var (variance, degrees) = moderated.For(pair.Variance, pair.Degrees);
        // A configuration that visibly scatters more than the usual (an outlier, a mode of its own) is never credited with less than it shows.
        if (pair.Variance > variance && FisherF.UpperTail(pair.Variance / variance, pair.Degrees, degrees) < VisibleLevel)
            variance = pair.Variance;
        return (Math.Sqrt(variance * Inflation), degrees);
    }
}
