using Experiments.Analysis.Tuning;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tests.Tuning;

/// <summary>A tuning of a known workload on a machine whose speed wanders.</summary>
internal sealed class TuningRun(TuningSpace space, Workload workload, double noise, int seed)
{
    private const double SegmentSeconds = 1.0;
    private const double BetweenSeconds = 0.4;

    private readonly Random _random = new(seed);
    private double _time;
    private double _weather;

    public TuningSpace Space => space;

    public List<SegmentResult> Segments { get; } = [];

    public Func<LoaderSetting, bool> Fails { get; init; } = _ => false;

    public TuningReport Finish()
    {
        for (var count = 0; count < 2000; count++)
        {
            switch (TuningSearch.Next(space, Segments))
            {
                case TuningStep.Done done:
                    return done.Report;
                case TuningStep.Measure measure:
                    Segments.Add(Measured(measure.Setting, measure.Block));
                    break;
                default:
                    Segments.Add(Measured(null, 0));
                    break;
            }
        }

        throw new InvalidOperationException("The tuning does not end.");
    }

    private SegmentResult Measured(LoaderSetting? setting, int block)
    {
        _time += SegmentSeconds + BetweenSeconds;
        if (setting is not null && Fails(setting))
            return new SegmentResult { Setting = setting, Block = block, Error = "a worker was killed", EndedAt = _time };
        // A slow part that neighbours share, and one of each segment's own.
        _weather = 0.8 * _weather + noise * Normal();
        var slowness = Math.Exp(_weather + noise * Normal());
        var (seconds, wait) = setting is null ? (workload.Step, 0) : workload.StepOf(setting);
        var steps = Math.Max(10, (int)(SegmentSeconds / (seconds * slowness)));
        return new SegmentResult
        {
            Setting = setting, Block = block, Steps = steps, Batches = steps, Samples = steps * Workload.BatchSize,
            Seconds = steps * seconds * slowness, WaitSeconds = steps * wait * slowness, CpuSeconds = steps * (workload.Batch + workload.Step),
            StartSeconds = 0.1 * (setting?.NumWorkers ?? 0), PeakBytes = (500L << 20) + (setting?.NumWorkers ?? 0) * workload.WorkerBytes, EndedAt = _time,
        };
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
