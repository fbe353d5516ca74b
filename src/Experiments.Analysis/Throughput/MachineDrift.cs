using Experiments.Analysis.Statistics;

namespace Experiments.Analysis.Throughput;

/// <summary>
/// How the machine's speed moved during one sweep: the rounds' effects in a two-way layout of configurations and rounds.
/// All configurations run once a round, so what a whole round has in common is the machine's doing.
/// </summary>
internal sealed class MachineDrift
{
    /// <summary>Rounds with fewer configurations say too little about the machine.</summary>
    public const int LeastConfigurations = 4;

    /// <summary>Where trials are missing, rounds and configurations are told apart step by step.</summary>
    private const int MostPasses = 12;

    /// <summary>Chance of seeing drift where there is none.</summary>
    private const double Level = 0.001;

    private MachineDrift(IReadOnlyDictionary<int, double> effects, double extent) => (Effects, Extent) = (effects, extent);

    /// <summary>No drift was seen.</summary>
    public static MachineDrift None { get; } = new(new Dictionary<int, double>(), 0);

    /// <summary>Each round's deviation (logarithm) from the middle of those that at least half of the matrix took part in; empty when no drift was seen.</summary>
    public IReadOnlyDictionary<int, double> Effects { get; }

    /// <summary>How far the machine moved from the sweep's beginning to its end, as a logarithm; 0 when no drift was seen.</summary>
    public double Extent { get; }

    /// <summary>Looks for drift.</summary>
    /// <param name="groups">Each configuration's logarithms by round.</param>
    public static MachineDrift Detect(IReadOnlyList<IReadOnlyList<(int Round, double Log)>> groups)
    {
        var rounds = groups.SelectMany(group => group.Select(trial => trial.Round).Distinct()).GroupBy(round => round)
            .Where(round => round.Count() >= LeastConfigurations).ToDictionary(round => round.Key, round => round.Count());
        var cells = groups.Select(group => group.Where(trial => rounds.ContainsKey(trial.Round)).ToArray()).Where(group => group.Length > 1).ToArray();
        if (rounds.Count < 2 || cells.Length < LeastConfigurations)
            return None;

        var whole = rounds.Where(round => round.Value * 2 >= groups.Count).Select(round => round.Key).ToArray();
        var effects = RoundEffects(cells, rounds.Keys, middle: whole.Length == 0 ? [.. rounds.Keys] : whole);
        var scatter = 0.0;
        var count = 0;
        foreach (var cell in cells)
        {
            var level = cell.Average(trial => trial.Log - effects[trial.Round]);
            scatter += cell.Sum(trial => Square(trial.Log - effects[trial.Round] - level));
            count += cell.Length;
        }

        var degrees = count - cells.Length - (rounds.Count - 1);
        if (degrees <= 0)
            return None;
        // The variance of a median of C values is that of their mean times π/2.
        var mean = effects.Sum(effect => rounds[effect.Key] * effect.Value) / rounds.Values.Sum();
        var between = effects.Sum(effect => rounds[effect.Key] * Square(effect.Value - mean)) / (rounds.Count - 1);
        var expected = Math.PI / 2 * Math.Max(scatter / degrees, Square(ThroughputModel.Resolution));
        if (FisherF.UpperTail(between / expected, rounds.Count - 1, degrees) > Level)
            return None;
        var range = whole.Length < 2 ? 0 : whole.Max(round => effects[round]) - whole.Min(round => effects[round]);
        return new MachineDrift(effects, range * whole.Length / Math.Max(1, whole.Length - 1));
    }

    /// <summary>A round's effect, 0 where none is known.</summary>
    /// <param name="round">The round.</param>
    public double Of(int round) => Effects.GetValueOrDefault(round);

    private static Dictionary<int, double> RoundEffects((int Round, double Log)[][] cells, IReadOnlyCollection<int> rounds, int[] middle)
    {
        var effects = rounds.ToDictionary(round => round, _ => 0.0);
        for (var (pass, moved) = (0, double.MaxValue); pass < MostPasses && moved > ThroughputModel.Resolution / 10; pass++)
        {
            moved = 0; // a full table is done after the first pass
            var levels = Array.ConvertAll(cells, cell => cell.Average(trial => trial.Log - effects[trial.Round]));
            var now = rounds.ToDictionary(round => round, round => RobustLocation.Median(cells.SelectMany((cell, index) =>
                cell.Where(trial => trial.Round == round).Select(trial => trial.Log - levels[index]))));
            var mean = middle.Average(round => now[round]);
            foreach (var round in rounds)
            {
                moved = Math.Max(moved, Math.Abs(now[round] - mean - effects[round]));
                effects[round] = now[round] - mean;
            }
        }

        return effects;
    }

    private static double Square(double value) => value * value;
}
