using Experiments.Core.Results;

namespace Experiments.Bench.GatesReal;

/// <summary>What came of one sweep.</summary>
/// <param name="Slowed">The slowed configuration, or empty.</param>
/// <param name="Red">The red configurations.</param>
/// <param name="Verdict">The sweep's verdict.</param>
/// <param name="Trials">Trials that ran.</param>
/// <param name="NoisePercent">Median over the configurations of half the spread between their slowest and fastest trial.</param>
/// <param name="Seconds">Wall time.</param>
internal sealed record Outcome(string Slowed, IReadOnlyList<string> Red, VerdictKind Verdict, int Trials, double NoisePercent, double Seconds)
{
    public static Outcome Of(SweepReport report, string slowed, double seconds) => new(
        slowed,
        [.. report.Assessment.Configurations.Where(one => ExitCodes.Of(one.Verdict) is not (ExitCodes.Pass or ExitCodes.Inconclusive)).Select(Name)],
        report.Assessment.Verdict,
        report.Sweep.Trials.Count,
        BenchRow.Median([.. report.Assessment.Configurations.Select(one => one.SpreadPercent ?? 0)]),
        seconds);

    public override string ToString() =>
        $"{(Slowed.Length == 0 ? "unchanged" : $"slowed {Slowed}")}: {Verdict}{(Red.Count > 0 ? $", red: {string.Join(", ", Red)}" : "")}, {Trials} trials, spread {NoisePercent:0.0} %, {Seconds:0} s";

    private static string Name(ConfigurationVerdict one) => $"{one.Configuration.Values["num_workers"].Text}/{one.Configuration.Values["hidden"].Text}";
}
