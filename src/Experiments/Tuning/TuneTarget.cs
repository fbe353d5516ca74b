using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Analysis.Tuning;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Tuning;
using Experiments.Engine;
using Experiments.Engine.Execution;

namespace Experiments.Tuning;

/// <summary>One training that is tuned: how it runs in segments, and whole, and what its definition allows.</summary>
internal sealed partial record TuneTarget
{
    /// <summary>The axis of a run in segments: no loader setting, so that nothing is overridden from the start.</summary>
    private const string SegmentsAxis = "measured";

    private static readonly string[] LoaderAxes = [AxisNames.NumWorkers, AxisNames.PrefetchFactor, AxisNames.PinMemory, AxisNames.PersistentWorkers];

    private readonly ExperimentDefinition _definition;
    private readonly Configuration? _first;

    private TuneTarget(ExperimentDefinition definition, Configuration? first) => (_definition, _first) = (definition, first);

    /// <summary>The values of the axes that are no loader's; empty for a script.</summary>
    public string Name => string.Join(' ', Others.Select(value => $"{value.Key}={value.Value.Text}"));

    private IEnumerable<KeyValuePair<string, AxisValue>> Others => _first?.Values.Where(value => !LoaderAxes.Contains(value.Key)) ?? [];

    /// <summary>A script without a definition.</summary>
    /// <param name="request">The script.</param>
    /// <exception cref="DiagnosticException">There is none.</exception>
    public static TuneTarget Of(TuneRequest request)
    {
        if (!File.Exists(request.Script))
            throw new DiagnosticException(DefinitionDiagnostics.FileNotFound.Error($"there is no script {request.Script}; name the Python file that trains"));
        var script = Path.GetFullPath(request.Script);
        return new TuneTarget(
            new ExperimentDefinition
            {
                Name = "tune-" + OtherCharacters().Replace(Path.GetFileNameWithoutExtension(script), "-").Trim('-'),
                File = script,
                Train = new PyTorchTask { Script = script, Args = request.Arguments, Python = request.Python, WorkingDirectory = Environment.CurrentDirectory },
                Matrix = new MatrixDefinition { Axes = [] },
            },
            null);
    }

    /// <summary>The trainings of a definition: one for each combination of the axes that are no loader's, each with the first values of those that are.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="plan">What is asked of it.</param>
    /// <exception cref="DiagnosticException">Its task is no PyTorch script, or nothing is left to run.</exception>
    public static IReadOnlyList<TuneTarget> Of(ExperimentDefinition definition, PlanOptions plan)
    {
        if (definition.Train is not PyTorchTask)
            throw new DiagnosticException(EnvironmentDiagnostics.NoTrainer.Error("only the loaders of a PyTorch script can be swapped while it runs; sweep this one: experiments run", definition.PositionOf("train")));
        return [.. Experiment.Plan(definition, plan).Configurations.Select(one => new TuneTarget(definition, one)).DistinctBy(target => target.Name)];
    }

    /// <summary>What may be tried: the values of the definition's axes; of a script any.</summary>
    /// <param name="space">What could be tried.</param>
    public TuningSpace Bound(TuningSpace space)
    {
        if (_first is null)
            return space;
        return space with
        {
            Workers = space.Workers ?? [.. Values(AxisNames.NumWorkers).Select(value => int.Parse(value.Text, CultureInfo.InvariantCulture)).Append(space.Own.NumWorkers).Distinct()],
            PrefetchFactors = [.. Values(AxisNames.PrefetchFactor).Select(value => int.Parse(value.Text, CultureInfo.InvariantCulture))],
            VariesPinning = Values(AxisNames.PinMemory).Count > 1,
        };
    }

    /// <summary>The limit of memory that the definition writes, bytes; null where it writes none.</summary>
    public long? MemoryLimitBytes => _definition.Limits.Memory is null ? null : LocalExecutor.MemoryLimitOf(_definition.Limits);

    /// <summary>The run in segments.</summary>
    /// <param name="variables">What the probe needs besides.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="timeout">Its time.</param>
    public ExperimentDefinition Segments(IReadOnlyDictionary<string, string> variables, int steps, TimeSpan timeout)
    {
        var train = (PyTorchTask)_definition.Train;
        var point = Others.ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);
        point[SegmentsAxis] = AxisValue.Of("segments");
        return Judged(point) with
        {
            Train = train with { Args = [.. train.Args.Select(Filled)], Env = train.Env.Select(one => KeyValuePair.Create(one.Key, Filled(one.Value))).Concat(variables).ToDictionary(StringComparer.Ordinal), Steps = steps },
            Limits = _definition.Limits with { Timeout = timeout },
        };

        string Filled(string text) => Placeholders.Fill(text, name => LoaderAxes.Contains(name) && _first?.Values.GetValueOrDefault(name) is { } value ? value.Text : null);
    }

    /// <summary>Whole trials of some settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="repeats">How many of each.</param>
    public ExperimentDefinition Whole(IEnumerable<LoaderSetting> settings, int repeats) => Judged([.. settings.Select(Point)]) with { Repeats = repeats };

    /// <summary>Nothing is gated by a tuning.</summary>
    private ExperimentDefinition Judged(params IReadOnlyDictionary<string, AxisValue>[] points) =>
        _definition with { Name = _first is null ? _definition.Name : $"tune-{_definition.Name}", Matrix = new MatrixDefinition { Axes = [], Include = points }, Gates = new Gates(), Repeats = 1 };

    private Dictionary<string, AxisValue> Point(LoaderSetting setting)
    {
        var point = _first?.Values.ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal) ?? [];
        point[AxisNames.NumWorkers] = AxisValue.Of(setting.NumWorkers);
        if (setting.PrefetchFactor is { } ahead)
            point[AxisNames.PrefetchFactor] = AxisValue.Of(ahead);
        else if (point.ContainsKey(AxisNames.PrefetchFactor))
            point[AxisNames.PrefetchFactor] = AxisValue.Of(LoaderSetting.UsualPrefetchFactor);
        if (setting.PinMemory || point.ContainsKey(AxisNames.PinMemory))
            point[AxisNames.PinMemory] = AxisValue.Of(setting.PinMemory);
        return point;
    }

    private IReadOnlyList<AxisValue> Values(string axis) => _definition.Matrix.Axes.FirstOrDefault(one => one.Name == axis)?.Values ?? [];

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex OtherCharacters();
}
