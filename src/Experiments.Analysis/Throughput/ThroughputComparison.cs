namespace Experiments.Analysis.Throughput;

/// <summary>One configuration compared with its baseline. Changes are logarithms of ratios: −0.105 is 10 % slower.</summary>
public sealed record ThroughputComparison
{
    /// <summary>The configuration's id.</summary>
    public required string Id { get; init; }

    /// <summary>The outcome.</summary>
    public required ThroughputOutcome Outcome { get; init; }

    /// <summary>The change, robust against single outliers.</summary>
    public double LogChange { get; init; }

    /// <summary>The part of the change that the machine's drift explains; above 0 where the machine is faster than in the baseline.</summary>
    public double LogDrift { get; init; }

    /// <summary>The change without what the machine's drift explains.</summary>
    public double LogCredited => LogChange - LogDrift;

    /// <summary>Standard deviation of one trial's logarithm; NaN when unknown.</summary>
    public double Noise { get; init; } = double.NaN;

    /// <summary>Degrees of freedom of <see cref="Noise"/>.</summary>
    public double Degrees { get; init; }

    /// <summary>Standard error of the change, as a logarithm; NaN when unknown.</summary>
    public double StandardError { get; init; } = double.NaN;

    /// <summary>The part of <see cref="StandardError"/> that comes from what the matrix has in common; 0 where that is not held against it, NaN when unknown.</summary>
    public double ReferenceError { get; init; } = double.NaN;

    /// <summary>One-sided p-value; NaN when the noise is unknown.</summary>
    public double PValue { get; init; } = double.NaN;

    /// <summary>The p-value after Holm's correction over all compared configurations.</summary>
    public double AdjustedPValue { get; init; } = double.NaN;

    /// <summary>The adjusted p-value of the whole matrix' slowdown, where that and not the configuration's own makes it regressed; else null.</summary>
    public double? WholeMatrixPValue { get; init; }

    /// <summary>The slowdown that would have been significant in four cases of five, as a positive logarithm; NaN when unknown.</summary>
    public double MinimumDetectable { get; init; } = double.NaN;

    /// <summary>Whether it was suspected and fresh trials did not show it.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>The shares of the machine that other programs took in the baseline and now, 0 to 1, where they may explain the slowdown; else null.</summary>
    public (double Before, double Now)? OtherShares { get; init; }

    /// <summary>Repeats of this sweep that would make an unclear change significant if it is real; null when clear or out of reach.</summary>
    public int? RepeatsToSettle { get; init; }

    /// <summary>A logarithm of a ratio as a percentage of change.</summary>
    /// <param name="log">The logarithm.</param>
    public static double Percent(double log) => (Math.Exp(log) - 1) * 100;
}
