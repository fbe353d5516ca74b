using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Bench.Loader;

/// <summary>Rows and targets: printed as they come, written as <c>artifacts/bench/loader.json</c> at the end.</summary>
internal sealed class Report(int rounds)
{
    private readonly JsonArray _rows = [];
    private readonly JsonArray _targets = [];

    public bool AllMet { get; private set; } = true;

    /// <summary>A peer's values, and our values divided by them, round by round.</summary>
    public double Row(string name, string peer, string unit, double[] values, double[] ratios)
    {
        Array.Sort(values);
        Array.Sort(ratios);
        var row = new JsonObject
        {
            ["name"] = name, ["peer"] = peer, ["value"] = Median(values), ["unit"] = unit, ["min"] = values[0], ["max"] = values[^1],
            ["ratio"] = Median(ratios), ["ratio_min"] = ratios[0], ["ratio_max"] = ratios[^1],
        };
        _rows.Add(row);
        Console.WriteLine($"  {name,-34} {peer,-22} {Median(values),12:#,##0.0} {unit,-10} [{values[0]:#,##0.0} .. {values[^1]:#,##0.0}]   ratio {Median(ratios):0.00} [{ratios[0]:0.00} .. {ratios[^1]:0.00}]");
        return Median(ratios);
    }

    public void AtLeast(string name, double bound, double value) => Target(name, "at_least", bound, value, value >= bound);

    public void AtMost(string name, double bound, double value) => Target(name, "at_most", bound, value, value <= bound);

    public static void Say(string text) => Console.WriteLine(text);

    public void Write(string path)
    {
        var machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
        var report = new JsonObject { ["bench"] = "loader", ["machine"] = machine, ["rounds"] = rounds, ["rows"] = _rows, ["targets"] = _targets };
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".tmp", report.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        File.Move(path + ".tmp", path, overwrite: true);
        Console.WriteLine($"written to {path}");
    }

    public static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private void Target(string name, string kind, double bound, double value, bool met)
    {
        AllMet &= met;
        _targets.Add(new JsonObject { ["name"] = name, [kind] = bound, ["value"] = value, ["met"] = met });
        Console.WriteLine($"    {(met ? "met " : "MISS")} {name}: {value:0.###} ({(kind == "at_least" ? "at least" : "at most")} {bound})");
    }
}
