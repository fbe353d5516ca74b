using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// How the machine's speed moved during one sweep: the rounds' effects in a two-way layout of configurations and rounds.
/// All configurations run once a round, so what a whole round has in common is the machine's doing.
/// </summary>
internal sealed class MachineDrift
{
    /// <summary>Rounds with fewer configurations say too little about the machine.</summary>
    private const int LeastConfigurations = 4;

    /// <summary>Chance of seeing drift where there is none.</summary>
    private const double Level = 0.001;

    private MachineDrift(IReadOnlyDictionary<int, double> effects, double extent) => (Effects, Extent) = (effects, extent);

    /// <summary>No drift was seen.</summary>
    public static MachineDrift None { get; } = new(new Dictionary<int, double>(), 0);

    /// <summary>Each round's deviation (logarithm) from the sweep's middle; empty when no drift was seen.</summary>
    public IReadOnlyDictionary<int, double> Effects { get; }

    /// <summary>How far the machine moved from the sweep's beginning to its end, as a logarithm; 0 when no drift was seen.</summary>
    public double Extent { get; }

    /// <summary>Looks for drift.</summary>
    /// <param name="groups">Each configuration's logarithms by round.</param>
    public static MachineDrift Detect(IReadOnlyList<IReadOnlyList<(int Round, double Log)>> groups)
    {
        var rounds = groups.SelectMany(group => group.Select(trial => trial.Round).Distinct()).GroupBy(round => round)
            .Where(round => round.Count() >= Math.Max(LeastConfigurations, groups.Count / 2)).Select(round => round.Key).ToHashSet();
        var cells = groups.Select(group => group.Where(trial => rounds.Contains(trial.Round)).ToArray()).Where(group => group.Length > 1).ToArray();
        if (rounds.Count < 2 || cells.Length < LeastConfigurations)
            return None;

        var effects = RoundEffects(cells, rounds);
        var scatter = 0.0;
        var count = 0;
        foreach (var cell in cells)
        {
            var mean = cell.Average(trial => trial.Log - effects[trial.Round]);
            scatter += cell.Sum(trial => Square(trial.Log - effects[trial.Round] - mean));
            count += cell.Length;
        }

        var degrees = count - cells.Length - (rounds.Count - 1);
        if (degrees <= 0)
            return None;
        // The variance of a median of C values is that of their mean times π/2.
        var between = effects.Values.Sum(Square) / (rounds.Count - 1);
        var expected = Math.PI / 2 * Math.Max(scatter / degrees, Square(ThroughputModel.Resolution)) / cells.Length;
        if (FisherF.UpperTail(between / expected, rounds.Count - 1, degrees) > Level)
            return None;
        var range = effects.Values.Max() - effects.Values.Min();
        return new MachineDrift(effects, range * rounds.Count / (rounds.Count - 1));
    }

    /// <summary>A round's effect, 0 where none is known.</summary>
    /// <param name="round">The round.</param>
    public double Of(int round) => Effects.GetValueOrDefault(round);

    private static Dictionary<int, double> RoundEffects((int Round, double Log)[][] cells, HashSet<int> rounds)
    {
        var effects = rounds.ToDictionary(round => round, _ => 0.0);
        for (var pass = 0; pass < 2; pass++) // once suffices for a full table, twice where trials are missing
        {
            var levels = Array.ConvertAll(cells, cell => cell.Average(trial => trial.Log - effects[trial.Round]));
            foreach (var round in rounds)
                effects[round] = RobustLocation.Median(cells.SelectMany((cell, index) =>
                    cell.Where(trial => trial.Round == round).Select(trial => trial.Log - levels[index])));
            var mean = effects.Values.Average();
            foreach (var round in rounds)
                effects[round] -= mean;
        }

        return effects;
    }

    private static double Square(double value) => value * value;
}
