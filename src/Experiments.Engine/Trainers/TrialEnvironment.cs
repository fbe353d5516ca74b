using System.Globalization;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;

namespace Experiments.Engine.Trainers;

/// <summary>The environment of a trial: the run contract's variables.</summary>
public static class TrialEnvironment
{
    /// <summary>Configuration id and repeat.</summary>
    public const string TrialId = "EXPERIMENTS_TRIAL_ID";

    /// <summary>The sweep's id; by it, processes that a crashed sweep left behind are known.</summary>
    public const string SweepId = "EXPERIMENTS_SWEEP_ID";

    /// <summary>
    /// This start of the sweep; a resumed one has another. By it the watchdog knows what it guards: one that is still at work after
    /// <c>kill -9</c> must not touch the trials of the resumed sweep.
    /// </summary>
    public const string RunId = "EXPERIMENTS_RUN_ID";

    /// <summary>The file to append event lines to.</summary>
    public const string Events = "EXPERIMENTS_EVENTS";

    /// <summary>The folder whose files become artifacts.</summary>
    public const string Artifacts = "EXPERIMENTS_ARTIFACTS";

    /// <summary>Measured steps asked for; the least of them where <see cref="MeasureSeconds"/> is there.</summary>
    public const string Steps = "EXPERIMENTS_STEPS";

    /// <summary>
    /// Seconds that the measured steps must take together before the trial ends: with <c>steps: auto</c>. It ends after the first step at which these and
    /// <see cref="Steps"/> are reached.
    /// </summary>
    public const string MeasureSeconds = "EXPERIMENTS_MEASURE_SECONDS";

    /// <summary>Steps before them that are not measured.</summary>
    public const string WarmupSteps = "EXPERIMENTS_WARMUP_STEPS";

    /// <summary>Folder of the trial's dataset, where it has one.</summary>
    public const string DatasetPath = "EXPERIMENTS_DATASET_PATH";

    /// <summary>Prefix of the variables that hold the configuration, one for each axis.</summary>
    public const string AxisPrefix = "EXPERIMENTS_AXIS_";

    private const string VisibleDevices = "CUDA_VISIBLE_DEVICES";

    /// <summary>The variables to add to the inherited ones; null removes one.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="command">Its command; the trainer's variables win over the definition's.</param>
    /// <param name="sweepId">The sweep.</param>
    /// <param name="inherited">The environment around the engine.</param>
    public static IReadOnlyDictionary<string, string?> Create(
        TrialContext trial, TrialCommand command, string sweepId, IReadOnlyDictionary<string, string> inherited)
    {
        var task = trial.Definition.Train;
        var values = trial.Trial.Configuration.Values;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (DeviceChoice.VisibleDevices(task.Device, inherited.GetValueOrDefault(VisibleDevices)) is { } devices)
            variables[VisibleDevices] = devices;
        foreach (var (name, value) in task.Env)
            variables[name] = AxisTemplate.Fill(value, trial);
        foreach (var (name, value) in values.Where(value => value.Key.StartsWith(AxisNames.EnvironmentPrefix, StringComparison.Ordinal)))
            variables[name[AxisNames.EnvironmentPrefix.Length..]] = value.Text;
        foreach (var (name, value) in command.Environment)
            variables[name] = value;
        foreach (var (name, value) in values)
            variables[AxisPrefix + VariableName(name)] = value.Text;
        variables[TrialId] = trial.Trial.Id;
        variables[SweepId] = sweepId;
        variables[Events] = Path.Combine(trial.Folder, "events.jsonl");
        variables[Artifacts] = ArtifactsOf(trial);
        variables[Steps] = trial.Steps.ToString(CultureInfo.InvariantCulture);
        variables[MeasureSeconds] = task.Steps is null ? MeasuringTime.Seconds.ToString(CultureInfo.InvariantCulture) : null;
        variables[WarmupSteps] = task.WarmupSteps.ToString(CultureInfo.InvariantCulture);
        if (trial.DatasetFolder is { } dataset)
            variables[DatasetPath] = dataset;
        return variables;
    }

    /// <summary>The folder of what a trial writes and wants to keep.</summary>
    /// <param name="trial">The trial.</param>
    internal static string ArtifactsOf(TrialContext trial) => Path.Combine(trial.Folder, "artifacts");

    /// <summary>An axis's name as part of a variable's: upper case, <c>_</c> for what a shell does not take.</summary>
    /// <param name="axis">The axis.</param>
    public static string VariableName(string axis) =>
        string.Concat(axis.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));
}
