using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Engine.Definitions.Keys;

namespace Experiments.Engine.Definitions;

/// <summary>Makes the definition of values that are known to be right. Defaults are those of the records.</summary>
internal static class DefinitionBinder
{
    public static ExperimentDefinition Bind(Section root, ReadingContext context, DefinitionPaths paths)
    {
        var definition = new ExperimentDefinition
        {
            Name = root.Text("name")!,
            File = context.File,
            Train = BindTask(root.Under("train"), paths),
            Matrix = root.Of<MatrixDefinition>("matrix")!,
            Positions = context.Positions,
        };
        return definition with
        {
            Datasets = [.. (root.Map("datasets") ?? new Dictionary<string, object>()).Select(entry => BindDataset(entry.Key, (Section)entry.Value, paths))],
            Repeats = root.Integer("repeats") ?? definition.Repeats,
            Seed = root.Integer("seed") ?? definition.Seed,
            Limits = BindLimits(root.Under("limits"), definition.Limits),
            Gates = BindGates(root.Under("gates"), definition.Gates),
            Mlflow = new MlflowTarget { Experiment = root.Under("mlflow").Text("experiment"), TrackingUri = root.Under("mlflow").Text("tracking_uri") },
        };
    }

    private static TrainingTask BindTask(Section train, DefinitionPaths paths)
    {
        TrainingTask task = train.Text(TaskNames.TorchSharp) is not null ? BindTorchSharp(train, paths)
            : train.Text(TaskNames.PyTorch) is not null ? BindPyTorch(train, paths)
            : BindCommand(train, paths);
        return task with
        {
            Args = train.Texts("args") ?? task.Args,
            Env = train.TextMap("env") ?? task.Env,
            WorkingDirectory = paths.Resolve(train.Text("working_directory") ?? "."),
            BatchSize = train.Integer("batch_size") ?? task.BatchSize,
            WarmupSteps = train.Integer("warmup_steps") ?? task.WarmupSteps,
            Steps = train.Integer("steps") ?? task.Steps,
            Device = train.Text("device") ?? task.Device,
        };
    }

    private static TorchSharpTask BindTorchSharp(Section train, DefinitionPaths paths)
    {
        var task = new TorchSharpTask { Task = train.Text(TaskNames.TorchSharp)! };
        return task with
        {
            Assembly = train.Text("assembly") is { } assembly ? paths.Resolve(assembly) : null,
            Evaluate = train.Boolean("evaluate") ?? task.Evaluate,
        };
    }

    private static PyTorchTask BindPyTorch(Section train, DefinitionPaths paths)
    {
        var task = new PyTorchTask { Script = paths.Resolve(train.Text(TaskNames.PyTorch)!) };
        return task with
        {
            Python = train.Text("python") is { } python ? paths.ResolveProgram(python, workingDirectory: null) : null,
            Launcher = train.Texts("launcher") ?? task.Launcher,
            Loaders = train.Under("probe").Text("loaders") ?? task.Loaders,
            StopAfterSteps = train.Under("probe").Text("stop") is not "at_end",
        };
    }

    private static CommandTask BindCommand(Section train, DefinitionPaths paths)
    {
        var command = train.Texts(TaskNames.Command)!;
        return new CommandTask
        {
            Command = [paths.ResolveProgram(command[0], train.Text("working_directory")), .. command.Skip(1)],
            Metrics = train.TextMap("metrics") ?? new Dictionary<string, string>(),
        };
    }

    private static DatasetSource BindDataset(string name, Section source, DefinitionPaths paths)
    {
        var dataset = new DatasetSource { Name = name, Synthetic = source.Text("synthetic") };
        return dataset with
        {
            Path = source.Text("path") is { } path ? paths.Resolve(path) : null,
            Samples = source.Integer("samples") ?? dataset.Samples,
        };
    }

    private static Limits BindLimits(Section limits, Limits defaults) => new()
    {
        Memory = limits.Memory("memory") ?? defaults.Memory,
        GpuMemoryBytes = (long?)limits.Number("gpu_memory"),
        Processes = limits.Integer("processes"),
        Timeout = limits.Duration("timeout") ?? defaults.Timeout,
        StallTimeout = limits.Duration("stall_timeout") ?? defaults.StallTimeout,
    };

    private static Gates BindGates(Section gates, Gates defaults)
    {
        var (throughput, dataStall, baseline, trend) = (gates.Under("throughput"), gates.Under("data_stall"), gates.Under("baseline"), gates.Under("trend"));
        return new()
        {
            PeakMemoryMaxBytes = (long?)gates.Under("peak_memory").Number("max"),
            PeakMemoryMaxIncreasePercent = gates.Under("peak_memory").Number("max_increase"),
            MemoryGrowthMaxBytesPerStep = gates.Under("memory_growth").Number("max"),
            ThroughputMaxRegressionPercent = throughput.Number("max_regression"),
            AllowMissingBaseline = throughput.Boolean("allow_missing_baseline") ?? defaults.AllowMissingBaseline,
            FalseAlarmRatePercent = throughput.Number("false_alarm_rate") ?? defaults.FalseAlarmRatePercent,
            MaxRepeats = throughput.Integer("max_repeats"),
            ConfirmRegressions = throughput.Boolean("confirm") ?? defaults.ConfirmRegressions,
            WaitFractionMax = dataStall.Number("max_wait_fraction") / 100,
            AcceleratorUtilizationMinPercent = dataStall.Number("min_accelerator_utilization"),
            Baseline = new BaselineChoice
            {
                Source = baseline.Text("source") ?? defaults.Baseline.Source,
                Sweeps = baseline.Integer("sweeps") ?? defaults.Baseline.Sweeps,
                Ratchet = baseline.Boolean("ratchet") ?? defaults.Baseline.Ratchet,
            },
            TrendMaxSlowdownPercent = trend.Number("max_slowdown"),
            Suppressions = trend.Map("suppress")?.Select(entry => BindSuppression(entry.Key, (Section)entry.Value)).ToArray() ?? defaults.Suppressions,
        };
    }

    private static Suppression BindSuppression(string change, Section known) => new(change, known.Text("reason")!, known.Date("until")!.Value);
}
