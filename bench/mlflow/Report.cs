using System.Globalization;
using System.Text.Json;

namespace Experiments.Bench.Mlflow;

/// <summary>Gathers rows and targets, prints them and writes them as JSON.</summary>
internal sealed class Report(string bench)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<object> _rows = [];
    private readonly List<object> _targets = [];
    private readonly List<string> _lines = [];

    public bool AllMet { get; private set; } = true;

    public void Row(string name, string? peer, string unit, IReadOnlyList<double> values, IReadOnlyList<double>? ratios = null)
    {
        var (value, min, max) = (Median(values), values.Min(), values.Max());
        _rows.Add(new
        {
            name,
            peer,
            value,
            unit,
            min,
            max,
            ratio = ratios is null ? (double?)null : Median(ratios),
            ratio_min = ratios?.Min(),
            ratio_max = ratios?.Max(),
        });
        var ratio = ratios is null ? "" : $"  {Text(Median(ratios))}x ({Text(ratios.Min())} to {Text(ratios.Max())})";
        _lines.Add($"{name,-58} {Text(value),12} {unit,-14} {Text(min)} to {Text(max)}{ratio}");
        Console.WriteLine(_lines[^1]);
    }

    public void AtMost(string name, double limit, double value)
    {
        AllMet &= value <= limit;
        _targets.Add(new { name, at_most = limit, value, met = value <= limit });
        _lines.Add($"{(value <= limit ? "met" : "MISSED"),-7} {name}: {Text(value)}, at most {Text(limit)}");
    }

    public void Print() => Console.WriteLine($"\n{string.Join('\n', _lines)}");

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {Environment.OSVersion}";
        var json = JsonSerializer.Serialize(new { bench, machine, rounds = 3, rows = _rows, targets = _targets }, Indented);
        File.WriteAllText(Path.Combine(folder, $"{bench}.json"), json);
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static string Text(double value) => value.ToString(value < 100 ? "0.###" : "#,##0", CultureInfo.InvariantCulture);
}
