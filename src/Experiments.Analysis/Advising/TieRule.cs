using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Advising;

/// <summary>When two throughputs of the same sweep cannot be told apart.</summary>
internal sealed class TieRule
{
    /// <summary>Differences below this are not worth a worker.</summary>
    private const double Least = 0.01;

    /// <summary>The allowance where single repeats leave the noise unknown.</summary>
    private const double WithoutRepeats = 0.05;

    /// <summary>Chance of calling equal throughputs different.</summary>
    private const double Level = 0.05;

    private readonly ModeratedVariance? noise;

    public TieRule(IEnumerable<Candidate> candidates) =>
        noise = ModeratedVariance.Fit([.. candidates.Select(candidate => (Math.Max(Variance(candidate), Least * Least / 100), (double)Repeats(candidate) - 1))]);

    /// <summary>Whether repeats show the noise.</summary>
    public bool KnowsNoise => noise is not null;

    /// <summary>By how much, as a share of the better, two candidates may differ and still count as equal.</summary>
    public double Allowance(Candidate one, Candidate other)
    {
        if (noise is null)
            return WithoutRepeats;
        var (first, firstDegrees) = noise.For(Variance(one), Repeats(one) - 1);
        var (second, secondDegrees) = noise.For(Variance(other), Repeats(other) - 1);
        var error = Math.Sqrt(Math.Max(first, Variance(one)) / Repeats(one) + Math.Max(second, Variance(other)) / Repeats(other));
        return Math.Max(Least, 1 - Math.Exp(-StudentT.UpperQuantile(Level, Math.Min(firstDegrees, secondDegrees)) * error));
    }

    private static int Repeats(Candidate candidate) => candidate.Throughputs.Count;

    private static double Variance(Candidate candidate)
    {
        var logs = candidate.Throughputs.Select(value => Math.Log(value)).ToArray();
        return logs.Length < 2 ? 0 : logs.Sum(log => (log - logs.Average()) * (log - logs.Average())) / (logs.Length - 1);
    }
}
