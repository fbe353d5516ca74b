using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>How much a trial of each configuration scatters.</summary>
internal sealed class NoiseModel
{
    private readonly ModeratedVariance? moderated;
    private readonly (double Deviation, double Degrees)? acrossConfigurations;
    private readonly double inflation;

    private NoiseModel(ModeratedVariance? moderated, (double Deviation, double Degrees)? acrossConfigurations, double inflation) =>
        (this.moderated, this.acrossConfigurations, this.inflation) = (moderated, acrossConfigurations, inflation);

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
        // A configuration that visibly scatters more than the usual is never credited with less than it shows.
        var (variance, degrees) = moderated.For(pair.Variance, pair.Degrees);
        return (Math.Sqrt(Math.Max(variance, pair.Variance) * inflation), degrees);
    }
}
