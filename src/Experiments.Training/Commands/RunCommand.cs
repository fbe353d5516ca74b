using System.CommandLine;
using System.Globalization;
using Experiments.Core.Diagnostics;
using Experiments.Training.Events;
using Experiments.Training.Running;

namespace Experiments.Training.Commands;

/// <summary><c>run</c>: trains.</summary>
internal static class RunCommand
{
    private static readonly Option<string> Task = new("--task") { Description = "A built-in task (utterance-fusion), or a class of --assembly with its namespace.", Required = true };
    private static readonly Option<string?> Assembly = new("--assembly") { Description = "The assembly of a task of your own." };
    private static readonly Option<string> Dataset = new("--dataset") { Description = "The dataset's name.", Required = true };
    private static readonly Option<string> DatasetPath = new("--dataset_path") { Description = "The dataset's folder.", Required = true };
    private static readonly Option<int> BatchSize = Number("--batch_size", 64, "Samples a batch.");
    private static readonly Option<int> NumWorkers = Number("--num_workers", 0, "Loader workers; 0 loads on the training thread.");
    private static readonly Option<bool> PinMemory = Flag("--pin_memory", false, "Assemble batches in page-locked memory (with CUDA).");
    private static readonly Option<int> PrefetchFactor = Number("--prefetch_factor", 2, "Batches loaded ahead.");
    private static readonly Option<bool> PersistentWorkers = Flag("--persistent_workers", false, "Keep workers between epochs.");
    private static readonly Option<int> Steps = Number("--steps", 60, "Measured steps; the least of them where EXPERIMENTS_MEASURE_SECONDS says how long they take together.");
    private static readonly Option<int> WarmupSteps = Number("--warmup_steps", 5, "Steps before the measured ones.");
    private static readonly Option<string> Device = new("--device") { Description = "auto, cpu, cuda or cuda:N.", DefaultValueFactory = _ => "auto" };
    private static readonly Option<long> Seed = new("--seed") { Description = "Seed of weights, order and dropout.", DefaultValueFactory = _ => 0 };
    private static readonly Option<bool> Evaluate = Flag("--evaluate", true, "Measure accuracy on the dev split after the last step.");
    private static readonly Option<int> Threads = Number("--threads", 0, "Threads of a torch operation; 0 takes half of the cores.");
    private static readonly Option<string[]> Set = new("--set") { Description = "A further axis: name=value. May be repeated.", DefaultValueFactory = _ => [] };

    public static Command Create()
    {
        var command = new Command("run", "Trains a task on a dataset and reports events to $EXPERIMENTS_EVENTS.")
        {
            Task, Assembly, Dataset, DatasetPath, BatchSize, NumWorkers, PinMemory, PrefetchFactor, PersistentWorkers, Steps, WarmupSteps,
            Device, Seed, Evaluate, Threads, Set,
        };
        command.SetAction(result => Execute(Read(result)));
        return command;
    }

    private static int Execute(RunSettings settings)
    {
        using var stop = new StopSignals();
        Console.SetOut(new UnfailingWriter(Console.Out));
        using var events = new EventLog(Environment.GetEnvironmentVariable("EXPERIMENTS_EVENTS"), TimeProvider.System);
        return new TrainingRun(settings, events, Console.Out).Execute(Environment.GetEnvironmentVariable("EXPERIMENTS_ARTIFACTS"), stop.Token);
    }

    private static RunSettings Read(ParseResult result) => new()
    {
        Task = result.GetValue(Task)!,
        Assembly = result.GetValue(Assembly),
        Dataset = result.GetValue(Dataset)!,
        DatasetPath = Path.GetFullPath(result.GetValue(DatasetPath)!),
        BatchSize = AtLeast(1, BatchSize, result),
        NumWorkers = AtLeast(0, NumWorkers, result),
        PinMemory = result.GetValue(PinMemory),
        PrefetchFactor = AtLeast(1, PrefetchFactor, result),
        PersistentWorkers = result.GetValue(PersistentWorkers),
        Steps = AtLeast(1, Steps, result),
        MeasureSeconds = MeasureSeconds(Environment.GetEnvironmentVariable("EXPERIMENTS_MEASURE_SECONDS")),
        WarmupSteps = AtLeast(0, WarmupSteps, result),
        Device = result.GetValue(Device)!,
        Seed = result.GetValue(Seed),
        Evaluate = result.GetValue(Evaluate),
        Threads = AtLeast(0, Threads, result),
        Axes = Axes(result.GetValue(Set)!),
    };

    private static int AtLeast(int least, Option<int> option, ParseResult result) => result.GetValue(option) is var value && value >= least
        ? value
        : throw new TrainingException(TrainingDiagnostics.BadOption, $"{option.Name} is {value}; it must be at least {least}.");

    private static double MeasureSeconds(string? text) => string.IsNullOrEmpty(text) ? 0
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0 && double.IsFinite(seconds) ? seconds
        : throw new TrainingException(TrainingDiagnostics.BadOption, $"EXPERIMENTS_MEASURE_SECONDS is '{text}'; it must be a number of seconds.");

    private static Dictionary<string, string> Axes(IReadOnlyList<string> assignments)
    {
        var axes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !axes.TryAdd(assignment[..equals], assignment[(equals + 1)..]))
                throw new TrainingException(TrainingDiagnostics.BadOption, $"--set is '{assignment}'; it must be name=value, each name once.");
        }

        return axes;
    }

    private static Option<int> Number(string name, int fallback, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };

    private static Option<bool> Flag(string name, bool fallback, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => fallback };
}
