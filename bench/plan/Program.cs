// How long 100,000 configurations take to plan, and how much memory. Each round is a process of its own, as a user's command is.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;

const int Rounds = 5;
if (args is ["round"])
{
    var watch = Stopwatch.StartNew();
    var plan = Planner.Create(LargeDefinition(), new PlanOptions());
    var seconds = watch.Elapsed.TotalSeconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {PeakMegabytes()} {plan.Trials.Count}"));
    return 0;
}

var rounds = Enumerable.Range(0, Rounds).Select(_ => RunRound()).ToArray();
var time = Row("time of 100,000 configurations", "s", [.. rounds.Select(round => round[0])]);
var memory = Row("peak resident memory of the process", "MB", [.. rounds.Select(round => round[1])]);
foreach (var row in new[] { time, memory })
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Name,-40} {row.Value,8:F3} {row.Unit} ({row.Min:F3} to {row.Max:F3})"));
Write(time, memory);
return time.Value < 2 && memory.Value < 300 ? 0 : 1;

static ExperimentDefinition LargeDefinition() => new()
{
    Name = "large",
    File = "large.yaml",
    Train = new CommandTask { Command = ["true"] },
    Matrix = new MatrixDefinition
    {
        Axes =
        [
            new Axis { Name = "dataset", Values = [.. Enumerable.Range(0, 10).Select(value => AxisValue.Of($"dataset-{value}"))] },
            new Axis { Name = "num_workers", Values = [.. Enumerable.Range(0, 20).Select(value => AxisValue.Of(value))] },
            new Axis { Name = "pin_memory", Values = [AxisValue.Of(false), AxisValue.Of(true)] },
            new Axis { Name = "batch_size", Values = [.. Enumerable.Range(1, 25).Select(value => AxisValue.Of(8 * value))] },
            new Axis { Name = "learning_rate", Values = [.. Enumerable.Range(1, 10).Select(value => AxisValue.Of(1e-3 / value))] },
        ],
        Exclude = [.. Enumerable.Range(0, 20).Select(value => new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of(value), ["batch_size"] = AxisValue.Of(1) })],
        Include = [new Dictionary<string, AxisValue> { ["persistent_workers"] = AxisValue.Of(true) }],
    },
};

static double PeakMegabytes()
{
    using var process = Process.GetCurrentProcess();
    return process.PeakWorkingSet64 / 1e6;
}

static double[] RunRound()
{
    using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["round"]) { RedirectStandardOutput = true })!;
    var figures = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return [.. figures.Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture))];
}

static Measured Row(string name, string unit, double[] values)
{
    Array.Sort(values);
    return new Measured(name, unit, values[values.Length / 2], values[0], values[^1]);
}

static void Write(Measured time, Measured memory)
{
    var folder = Directory.CreateDirectory(Path.Combine("artifacts", "bench")).FullName;
    using var file = File.Create(Path.Combine(folder, "plan.json"));
    using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
    writer.WriteStartObject();
    writer.WriteString("bench", "plan");
    writer.WriteString("machine", string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, .NET {Environment.Version}"));
    writer.WriteNumber("rounds", Rounds);
    writer.WriteStartArray("rows");
    foreach (var row in new[] { time, memory })
    {
        writer.WriteStartObject();
        writer.WriteString("name", row.Name);
        writer.WriteNumber("value", row.Value);
        writer.WriteString("unit", row.Unit);
        writer.WriteNumber("min", row.Min);
        writer.WriteNumber("max", row.Max);
        writer.WriteEndObject();
    }
    writer.WriteEndArray();
    writer.WriteStartArray("targets");
    WriteTarget(writer, time, 2);
    WriteTarget(writer, memory, 300);
    writer.WriteEndArray();
    writer.WriteEndObject();
}

static void WriteTarget(Utf8JsonWriter writer, Measured row, double atMost)
{
    writer.WriteStartObject();
    writer.WriteString("name", row.Name);
    writer.WriteNumber("at_most", atMost);
    writer.WriteNumber("value", row.Value);
    writer.WriteBoolean("met", row.Value < atMost);
    writer.WriteEndObject();
}

internal sealed record Measured(string Name, string Unit, double Value, double Min, double Max);
