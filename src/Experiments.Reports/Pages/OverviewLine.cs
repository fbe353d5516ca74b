namespace Experiments.Reports.Pages;

/// <summary>A line of an experiment on the first page.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Throughput">Samples a second over the last nights; empty where none belongs to it.</param>
public sealed record OverviewLine(string Text, IReadOnlyList<double?> Throughput);
