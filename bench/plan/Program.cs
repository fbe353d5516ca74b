// How long 100,000 configurations take to plan, and how much memory. Each round is a process of its own, as a user's command is.
using System.Diagnostics;
using System.Globalization;
using Experiments.Bench;
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
var time = BenchRow.Of("time of 100,000 configurations", "s", [.. rounds.Select(round => round[0])]);
var memory = BenchRow.Of("peak resident memory of the process", "MB", [.. rounds.Select(round => round[1])]);
var report = new BenchReport("plan", Rounds);
report.Add(time);
report.Add(memory);
report.AtMost("100,000 configurations plan in under 2 s", 2, time.Value);
report.AtMost("100,000 configurations plan under 300 MB", 300, memory.Value);
return report.Write();

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
