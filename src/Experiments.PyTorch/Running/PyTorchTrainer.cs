using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Engine.Trainers;
using Experiments.PyTorch.Steering;

namespace Experiments.PyTorch.Running;

/// <summary>Runs a PyTorch script or module, unchanged, under the probe: what no argument of the script takes, the probe overrides.</summary>
/// <param name="python">The interpreter.</param>
/// <param name="inherited">The environment around the engine; null: this program's.</param>
public sealed class PyTorchTrainer(PythonRuntime python, IReadOnlyDictionary<string, string>? inherited = null) : ITrainer
{
    private const string PythonPath = "PYTHONPATH";
    private readonly IReadOnlyDictionary<string, string> _inherited = inherited ?? PythonCheck.Inherited();

    /// <inheritdoc />
    public bool Runs(TrainingTask task) => task is PyTorchTask;

    /// <inheritdoc />
    public TrialCommand Prepare(TrialContext trial)
    {
        var task = (PyTorchTask)trial.Definition.Train;
        var axes = trial.Trial.Configuration.Values.ToDictionary(value => value.Key, value => value.Value.Text, StringComparer.Ordinal);
        var settings = new ProbeSettings
        {
            Loaders = task.Loaders,
            Step = task.Step,
            SamplesPerStep = task.SamplesPerStep,
            StopAfterSteps = task.StopAfterSteps,
        }.WithOverrides(axes, task.SteersDespiteArguments ? [] : task.Args);
        var (program, arguments) = Launcher.Wrap(python.Interpreter.File, Filled(task.Launcher), [.. What(task), .. Filled(task.Args)]);
        return new TrialCommand
        {
            Program = program,
            Arguments = arguments,
            Environment = ProbeEnvironment.Of(settings, PythonPathOf(task, axes, trial))
                .ToDictionary(variable => variable.Key, variable => (string?)variable.Value, StringComparer.Ordinal),
        };

        string[] Filled(IEnumerable<string> templates) => [.. templates.Select(template => AxisTemplate.Fill(template, trial))];
    }

    /// <summary>The words that name what runs; torchrun and accelerate take <c>-m</c> as Python does.</summary>
    private static string[] What(PyTorchTask task) => task.Module is { } module ? ["-m", module] : [task.Script];

    /// <summary>What the trial's <c>PYTHONPATH</c> would be without the probe: an axis goes before the definition's <c>env</c>, that before what is inherited.</summary>
    private string? PythonPathOf(PyTorchTask task, Dictionary<string, string> axes, TrialContext trial) =>
        axes.TryGetValue(AxisNames.EnvironmentPrefix + PythonPath, out var axis) ? axis
        : task.Env.TryGetValue(PythonPath, out var template) ? AxisTemplate.Fill(template, trial)
        : _inherited.GetValueOrDefault(PythonPath);
}
