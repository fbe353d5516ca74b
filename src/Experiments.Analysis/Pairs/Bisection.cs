using Experiments.Core.Pairs;

namespace Experiments.Analysis.Pairs;

/// <summary>
/// Which of a row of commits made a training slower, from pairs of them and the good one. One commit did it: those before it are as fast as the good one, those from it on as slow as the
/// bad one. Each pair says so with an error, so that no single one decides: the chance of each commit follows from all of them, by Bayes' rule from equal chances. A pair is held to be an
/// accident with a small chance, so that the others can outvote it. Pure.
/// </summary>
public sealed class Bisection
{
    /// <summary>The chance at which a commit is found.</summary>
    public const double Certain = 0.95;

    /// <summary>How often one commit is measured at most.</summary>
    public const int MostProbes = 3;

    private const double Accident = 0.01; // of a pair that says nothing
    private const double AccidentWidth = 4; // its logarithms lie anywhere within, e.g. from a seventh to seven times as fast
    private const double LeastError = 0.01; // commits differ a little without being the one
    private const double NothingToLearn = 0.02;
    private const double StandardErrors = 2.576; // of an interval of 99 %

    private readonly IReadOnlyList<BisectedCommit> _commits;

    /// <summary>Draws the chances.</summary>
    /// <param name="effect">The bad commit against the good one.</param>
    /// <param name="commits">The commits after the good one up to the bad one, oldest first, with what was measured of them.</param>
    public Bisection(PairComparison effect, IReadOnlyList<BisectedCommit> commits)
    {
        _commits = commits;
        var (slowdown, error) = Measured(effect);
        var logs = new double[commits.Count];
        for (var i = 0; i < commits.Count; i++)
        {
            foreach (var (seen, own) in commits[i].Probes.Where(probe => probe.Blocks > 0).Select(Measured))
            {
                var before = Math.Log(Likelihood(seen, own));
                var after = Math.Log(Likelihood(seen - slowdown, Math.Sqrt((own * own) + (error * error))));
                for (var one = 0; one < logs.Length; one++)
                    logs[one] += one <= i ? after : before;
            }
        }

        var most = logs.DefaultIfEmpty(0).Max();
        var weights = logs.Select(log => Math.Exp(log - most)).ToArray();
        Probabilities = [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>The chance of each commit.</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>The likeliest commit.</summary>
    public int Likeliest => Probabilities.Index().MaxBy(one => one.Item).Index;

    /// <summary>Whether it is certain.</summary>
    public bool IsCertain => Probabilities[Likeliest] >= Certain;

    /// <summary>The slowdown that tells before from after, a fraction: half of the whole, as ratios go.</summary>
    /// <param name="effect">The bad commit against the good one.</param>
    public static double Halfway(PairComparison effect) => 1 - Math.Sqrt(1 + effect.Change);

    /// <summary>The commit whose pair tells most: that which cuts the chances nearest to halves. Null where it is certain, or nothing that can be measured tells more.</summary>
    public int? Next()
    {
        if (IsCertain)
            return null;
        var (best, told) = ((int?)null, NothingToLearn);
        var before = 0.0;
        for (var i = 0; i < _commits.Count - 1; i++) // the last one is the bad end
        {
            before += Probabilities[i];
            var learnt = Math.Min(before, 1 - before);
            if (learnt > told && _commits[i].Probes.Count < MostProbes && _commits[i].Probes.All(probe => probe.Blocks > 0))
                (best, told) = (i, learnt);
        }

        return best;
    }

    /// <summary>The fewest commits side by side that hold the one for certain.</summary>
    public (int First, int Last) Range()
    {
        var best = (First: 0, Last: Probabilities.Count - 1);
        for (var first = 0; first < Probabilities.Count; first++)
        {
            var sum = 0.0;
            for (var last = first; last < Probabilities.Count && last - first < best.Last - best.First; last++)
            {
                sum += Probabilities[last];
                if (sum >= Certain)
                    best = (first, last);
            }
        }

        return best;
    }

    /// <summary>The logarithm of new by old, and its standard error: the interval holds at every look, which makes the error larger than it is, never smaller.</summary>
    private static (double LogRatio, double Error) Measured(PairComparison pair)
    {
        var center = Math.Log(1 + pair.Change);
        var half = double.IsFinite(pair.ChangeHigh) ? Math.Log(1 + pair.ChangeHigh) - center : 1; // too few blocks: next to nothing is known
        return (center, Math.Max(LeastError, half / StandardErrors));
    }

    private static double Likelihood(double distance, double error)
    {
        distance /= error;
        return ((1 - Accident) * Math.Exp(-distance * distance / 2) / (error * Math.Sqrt(2 * Math.PI))) + (Accident / AccidentWidth);
    }
}
