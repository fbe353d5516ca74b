using System.Globalization;
using Experiments.Core.Events;
using Experiments.Core.Results;

namespace Experiments.Engine.Measurements;

/// <summary>Gathers a trial's events and turns them into metrics. Pure.</summary>
/// <param name="warmupSteps">Steps at the start that are not measured.</param>
internal sealed class StepMeasurement(int warmupSteps)
{
    /// <summary>A training reports a few metrics; names without end are a mistake.</summary>
    private const int MostMetrics = 1000;

    /// <summary>Workers whose numbers are kept.</summary>
    private const int MostRoles = 100_000;

    private EpochMeasurement _epochs = new(warmupSteps);
    private MeasuredSteps _trained = new();
    private MeasuredSteps _guessed = new();
    private readonly Dictionary<string, double> _reported = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _roles = [];
    private double? _asked;
    private double? _firstBatch;
    private int _steps;
    private int _batches;
    private bool _sawTraining;

    /// <summary>The steps after warm-up, or an even choice of them where they are very many; batches, where nothing has trained.</summary>
    internal IReadOnlyList<StepEvent> Measured => Sums.Kept;

    /// <summary>Whether the trial ended because its steps were done: by its own stop, whatever its launcher or its handlers make of that.</summary>
    internal bool HasStopped { get; private set; }

    /// <summary>The time of the measured steps together.</summary>
    internal double MeasuredSeconds => Sums.Seconds;

    /// <summary>The samples of the measured steps together, as far as they are known.</summary>
    internal double MeasuredSamples => Sums.Samples;

    /// <summary>Metrics that were not kept, because the trial reported too many names.</summary>
    internal long IgnoredMetrics { get; private set; }

    /// <summary>What processes are in the trial, as it told: <c>worker 0</c>, …</summary>
    internal IReadOnlyDictionary<int, string> Roles => _roles;

    /// <summary>All steps that were reported, warm-up included.</summary>
    internal int Steps => IsGuessed ? _batches : _steps;

    private bool IsGuessed => _steps == 0 && !_sawTraining;

    private MeasuredSteps Sums => IsGuessed ? _guessed : _trained;

    /// <summary>Takes events, in order.</summary>
    /// <param name="events">The events.</param>
    internal void Add(IEnumerable<TrialEvent> events)
    {
        foreach (var value in events)
        {
            switch (value)
            {
                case StepEvent step:
                    _steps++;
                    _epochs.Add(step);
                    Take(step, _trained);
                    break;
                case BatchEvent batch when IsGuessed:
                    _batches++;
                    Take(batch.AsStep(), _guessed);
                    break;
                case MetricEvent metric when _reported.Count < MostMetrics || _reported.ContainsKey(metric.Name):
                    _reported[metric.Name] = metric.Value;
                    break;
                case MetricEvent:
                    IgnoredMetrics++;
                    break;
                case PhaseEvent { Name: PhaseNames.Processes } phase when phase.Details.TryGetValue("workers", out var workers):
                    foreach (var (worker, index) in workers.Split(['[', ',', ' ', ']'], StringSplitOptions.RemoveEmptyEntries).Select((worker, index) => (worker, index)))
                        if (int.TryParse(worker, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && _roles.Count < MostRoles)
                            _roles[id] = string.Create(CultureInfo.InvariantCulture, $"worker {index}");
                    break;
                case PhaseEvent { Name: PhaseNames.Trains or PhaseNames.Epoch } phase:
                    _epochs.Add(phase);
                    break;
                case PhaseEvent { Name: PhaseNames.Evidence } evidence:
                    (_sawTraining, _guessed) = (true, new MeasuredSteps());
                    if (evidence.Details.GetValueOrDefault("anew") == "true")
                        (_steps, _trained, _epochs) = (0, new MeasuredSteps(), new EpochMeasurement(warmupSteps));
                    break;
                case PhaseEvent { Name: PhaseNames.End } end:
                    HasStopped |= end.Details.GetValueOrDefault("reason") == "after_steps";
                    break;
                case PhaseEvent { Name: PhaseNames.Load }:
                    _asked = value.Time;
                    break;
                case PhaseEvent { Name: PhaseNames.Start }:
                    _asked ??= value.Time;
                    break;
                case PhaseEvent { Name: PhaseNames.FirstBatch }:
                    _firstBatch ??= value.Time;
                    break;
            }
        }
    }

    /// <summary>The metrics: what the trial reported itself (the last value of each), overruled by what its steps tell.</summary>
    internal Dictionary<string, double> Metrics()
    {
        var metrics = new Dictionary<string, double>(_reported, StringComparer.Ordinal);
        if (_firstBatch - _asked is >= 0 and { } seconds)
            metrics[MetricKeys.TimeToFirstBatchMilliseconds] = 1000 * seconds;
        if (Sums.Count == 0)
            return metrics;
        Sums.AddTo(metrics);
        _epochs.AddTo(metrics, Sums);
        return metrics;
    }

    private void Take(StepEvent step, MeasuredSteps into)
    {
        if (step.Step > warmupSteps && step.StepSeconds > 0)
            into.Add(step);
    }
}
