using Experiments.Analysis.Gating;
using Experiments.Analysis.Statistics;
using Experiments.Core.Matrix;
using Experiments.Core.Results;

namespace Experiments.Analysis.Advising;

/// <summary>A configuration that could be recommended, with those that differ from it only in what has no effect here.</summary>
internal sealed class Candidate
{
    private const double Mebibyte = 1024 * 1024;

    public Candidate(IEnumerable<ConfigurationTrials> rows)
    {
        Rows = [.. rows.OrderBy(row => row.Configuration.PinMemory ?? false)];
        Throughputs = [.. Rows.SelectMany(row => row.Throughputs())];
        Throughput = RobustLocation.Median(Throughputs);
        WaitFraction = Median(MetricKeys.WaitFraction) is { } wait ? Math.Clamp(wait, 0, 1) : null;
        OtherShare = Mean(MetricKeys.CpuOtherPercentage) is { } percentage ? Math.Clamp(percentage / 100, 0, 1) : null;
        MeasuredSeconds = Median(MetricKeys.MeasuredSeconds);
    }

    /// <summary>The table's rows that it stands for; the first gives it its name.</summary>
    public IReadOnlyList<ConfigurationTrials> Rows { get; }

    public Configuration Configuration => Rows[0].Configuration;

    /// <summary>What its trials measured, samples a second.</summary>
    public IReadOnlyList<double> Throughputs { get; }

    /// <summary>The median of its trials.</summary>
    public double Throughput { get; }

    /// <summary>The figures of its rows, the least and the most.</summary>
    public (double Least, double Most) Rates => (Rows.Min(row => row.Throughput()!.Value), Rows.Max(row => row.Throughput()!.Value));

    /// <summary>The peak of its first row; null when memory was not measured.</summary>
    public double? PeakBytes => Rows[0].PeakMegabytes() * Mebibyte;

    /// <summary>The worst peak of all its rows.</summary>
    public double? WorstPeakBytes => Rows.Max(row => row.PeakMegabytes()) * Mebibyte;

    /// <summary>Share of its time spent waiting for batches; null when that was not measured.</summary>
    public double? WaitFraction { get; }

    /// <summary>Share of the machine that others took meanwhile; null where nobody looked.</summary>
    public double? OtherShare { get; }

    /// <summary>How long a trial was measured; null where that is not known.</summary>
    public double? MeasuredSeconds { get; }

    /// <summary>Its throughput, had others taken as little of the machine as at best.</summary>
    /// <param name="least">The least share that others took at any candidate.</param>
    public double GivenBack(double least) => OtherShare is { } share && share > least ? Throughput * (1 - least) / Math.Max(1 - share, 0.05) : Throughput;

    private double? Median(string key) => Rows.SelectMany(row => row.Values(key)).ToArray() is { Length: > 0 } values ? RobustLocation.Median(values) : null;

    private double? Mean(string key) => Rows.SelectMany(row => row.Values(key)).ToArray() is { Length: > 0 } values ? values.Average() : null;
}
