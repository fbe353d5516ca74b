using System.Globalization;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;

namespace Experiments.Engine.Trainers;

/// <summary>Runs a TorchSharp task in the training host, a process of its own, so that libtorch never loads into the engine.</summary>
/// <param name="hostPath">Absolute path of the training host: an executable, or a <c>.dll</c> that <c>dotnet</c> runs.</param>
public sealed class TorchSharpTrainer(string hostPath) : ITrainer
{
    private static readonly HashSet<string> HostOptions =
        [AxisNames.NumWorkers, AxisNames.PinMemory, AxisNames.PrefetchFactor, AxisNames.PersistentWorkers];

    /// <inheritdoc />
    public bool Runs(TrainingTask task) => task is TorchSharpTask;

    /// <inheritdoc />
    public TrialCommand Prepare(TrialContext trial)
    {
        var task = (TorchSharpTask)trial.Definition.Train;
        var values = trial.Trial.Configuration.Values;
        var arguments = new List<string> { "run", "--task", task.Task };
        Add(arguments, "--assembly", task.Assembly);
        Add(arguments, "--dataset", trial.Trial.Configuration.Dataset);
        Add(arguments, "--dataset_path", trial.DatasetFolder);
        Add(arguments, "--batch_size", values.TryGetValue(AxisNames.BatchSize, out var batch) ? batch.Text : Text(task.BatchSize));
        foreach (var (name, value) in values.Where(value => HostOptions.Contains(value.Key)))
            Add(arguments, "--" + name, value.Text);
        Add(arguments, "--steps", Text(trial.Steps));
        Add(arguments, "--warmup_steps", Text(task.WarmupSteps));
        Add(arguments, "--device", DeviceChoice.NameInside(task.Device));
        Add(arguments, "--seed", Text(trial.Definition.Seed));
        Add(arguments, "--evaluate", task.Evaluate ? "true" : "false");
        foreach (var (name, value) in values.Where(value => IsTasksOwn(value.Key)))
            Add(arguments, "--set", $"{name}={value.Text}");
        arguments.AddRange(task.Args.Select(argument => AxisTemplate.Fill(argument, trial)));
        return hostPath.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? new TrialCommand { Program = "dotnet", Arguments = [hostPath, .. arguments] }
            : new TrialCommand { Program = hostPath, Arguments = arguments };
    }

    private static bool IsTasksOwn(string axis) =>
        !HostOptions.Contains(axis)
        && axis is not (AxisNames.Dataset or AxisNames.BatchSize)
        && !axis.StartsWith(AxisNames.EnvironmentPrefix, StringComparison.Ordinal);

    private static void Add(List<string> arguments, string name, string? value)
    {
        if (value is not null)
            arguments.AddRange([name, value]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
