using System.Globalization;
using System.Runtime.InteropServices;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Engine.Sweeps;
using Experiments.Running;

// Experiments.TestSweep ROOT TRIALS COMMAND [RESUME-ID]
// Runs COMMAND by the shell once for each value of the axis `n`, prints how many trials are done, and ends with 0;
// 2 when the sweep is refused, 130 when cancelled (SIGTERM).
var (root, trials, command) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var axis = new Axis { Name = "n", Values = [.. Enumerable.Range(1, trials).Select(value => AxisValue.Of(value))] };
var configurations = axis.Values.Select(value => new Configuration
{
    Id = $"{value.AsInteger():x12}",
    Values = new Dictionary<string, AxisValue> { ["n"] = value },
}).ToList();
var definition = new ExperimentDefinition
{
    Name = "test",
    File = Path.Combine(root, "test.yaml"),
    Train = new CommandTask { Command = ["/bin/sh", "-c", command, "trial", "{n}"], WarmupSteps = 0, WorkingDirectory = root },
    Matrix = new MatrixDefinition { Axes = [axis] },
};
using var cancellation = new CancellationTokenSource();
using var registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    cancellation.Cancel();
});
try
{
    await using var observers = new ObserverPipeline([]);
    var result = (await SweepRunner.RunAsync(
        new SweepRequest
        {
            Definition = definition,
            Plan = new Plan
            {
                Experiment = "test",
                Seed = 0,
                Configurations = configurations,
                Trials = [.. configurations.Select(configuration => new PlannedTrial(configuration, 1))],
            },
            Root = Path.Combine(root, ".experiments"),
            ResumeId = args.Length > 3 ? args[3] : null,
            Memory = Environment.GetEnvironmentVariable("TEST_MEMORY") == "proc" ? MemoryMethod.Proc : MemoryMethod.Best,
            Grace = TimeSpan.FromSeconds(2),
        },
        observers,
        cancellation.Token)).Sweep;
    Console.WriteLine($"{result.SweepId} {result.Trials.Count}/{result.PlannedTrials}");
    return cancellation.IsCancellationRequested ? 130 : 0;
}
catch (DiagnosticException exception)
{
    Console.Error.WriteLine(exception.Diagnostic);
    return 2;
}
