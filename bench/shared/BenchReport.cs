using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Bench;

/// <summary>What a benchmark found: printed as a table, and written to <c>artifacts/bench/NAME.json</c> under the working directory.</summary>
/// <param name="bench">The benchmark's name, its folder under <c>bench/</c>.</param>
/// <param name="rounds">Rounds measured.</param>
public sealed class BenchReport(string bench, int rounds)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly List<BenchRow> rows = [];
    private readonly List<BenchTarget> targets = [];
    private readonly List<string> notes = [];

    /// <summary>Adds a row.</summary>
    public void Add(BenchRow row) => rows.Add(row);

    /// <summary>Adds a target that is met from a value upward.</summary>
    public void AtLeast(string name, double atLeast, double? value) => targets.Add(new BenchTarget(name, atLeast, null, value));

    /// <summary>Adds a target that is met up to a value.</summary>
    public void AtMost(string name, double atMost, double? value) => targets.Add(new BenchTarget(name, null, atMost, value));

    /// <summary>Adds a remark, such as a peer that is not installed.</summary>
    public void Note(string text) => notes.Add(text);

    /// <summary>Prints the table and writes the file.</summary>
    /// <returns>0 when all targets are met, else 1.</returns>
    public int Write()
    {
        var machine = string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        Console.WriteLine($"{bench} on {machine}; medians of {rounds} rounds (least to greatest)");
        foreach (var row in rows)
            Console.WriteLine(Line(row));
        foreach (var target in targets)
            Console.WriteLine(Line(target));
        foreach (var note in notes)
            Console.WriteLine($"note: {note}");

        var folder = Directory.CreateDirectory(Path.Combine("artifacts", "bench")).FullName;
        var file = Path.Combine(folder, bench + ".json");
        File.WriteAllText(file + ".tmp", JsonSerializer.Serialize(new { bench, machine, rounds, rows, targets, notes }, Layout));
        File.Move(file + ".tmp", file, overwrite: true);
        return targets.TrueForAll(target => target.Met) ? 0 : 1;
    }

    private static string Line(BenchRow row)
    {
        var name = row.Peer is null ? row.Name : $"{row.Name} [{row.Peer}]";
        var value = string.Create(CultureInfo.InvariantCulture, $"  {name,-64} {row.Value,12:G5} {row.Unit} ({row.Min:G5} to {row.Max:G5})");
        return row.Ratio is { } ratio
            ? value + string.Create(CultureInfo.InvariantCulture, $"  ratio {ratio:G4} ({row.RatioMin:G4} to {row.RatioMax:G4})")
            : value;
    }

    private static string Line(BenchTarget target)
    {
        var bound = target.AtLeast is { } least ? FormattableString.Invariant($"at least {least:G5}") : FormattableString.Invariant($"at most {target.AtMost:G5}");
        var seen = target.Value is { } value ? FormattableString.Invariant($"{value:G5}") : "not measured";
        return $"  target {(target.Met ? "met   " : "MISSED")} {target.Name}: {seen}, {bound}";
    }
}
