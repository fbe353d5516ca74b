using Experiments.Analysis.Memory;
using Experiments.Analysis.Text;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;

namespace Experiments.Analysis;

/// <summary>Foresees the peak memory of trials from those that ran: the rules are in docs/memory.md.</summary>
public static class Foresight
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Foresees a trial.</summary>
    /// <param name="trial">The trial, before it runs.</param>
    /// <param name="done">The sweep's trials so far.</param>
    /// <param name="limitBytes">The limit of its memory, or null.</param>
    /// <returns>The forecast; null when too little is known, or the matrix has no <c>num_workers</c>.</returns>
    public static MemoryForecast? Foresee(PlannedTrial trial, IReadOnlyCollection<TrialResult> done, long? limitBytes)
    {
        if (trial.Configuration.NumWorkers is not { } workers)
            return null;
        var kin = MemoryKin.Of(trial.Configuration, done);
        var forecast = MemoryModel.Of(kin)?.At(workers);
        return BlownUp(kin, workers, forecast)
            ?? (forecast is null || limitBytes is not { } limit || forecast.LowBytes <= limit ? forecast : forecast with
            {
                IsBlowUp = true,
                Evidence = $"foreseen to take {Span(forecast)} where the limit is {Quantity.Bytes(limit)}: {forecast.Evidence}",
            });
    }

    /// <summary>How memory follows from <c>num_workers</c>, for each combination of the other axes' values.</summary>
    /// <param name="sweep">What was measured.</param>
    /// <param name="asked">Counts to foresee besides.</param>
    public static IReadOnlyList<MemoryAdvice> Advise(SweepResult sweep, params IReadOnlyList<int> asked) =>
    [
        .. sweep.Configurations.Where(configuration => configuration.NumWorkers is not null)
            .GroupBy(configuration => string.Join('\n', MemoryKin.Others(configuration).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value.Text}")))
            .Select(group => Advise(group.First(), sweep, asked)).OfType<MemoryAdvice>(),
    ];

    private static MemoryAdvice? Advise(Configuration configuration, SweepResult sweep, IReadOnlyList<int> asked)
    {
        if (MemoryModel.Of(MemoryKin.Of(configuration, sweep.Trials)) is not { } model)
            return null;
        var added = model.PerWorker;
        var kin = MemoryKin.Of(configuration, sweep.Trials);
        var most = (int)Math.Max(Math.Ceiling(sweep.Machine.Cores), 2.0 * kin.Max(trial => trial.Configuration.NumWorkers ?? 0));
        var fits = sweep.MemoryLimitBytes is { } limit ? model.Largest(limit, most) : null;
        var shared = model.LargestBySharedMemory(kin, most) is { } bound && bound < (fits ?? most) ? bound : (int?)null;
        return new MemoryAdvice
        {
            Values = MemoryKin.Others(configuration),
            BaseBytes = model.BaseBytes,
            PerWorkerBytes = added.Middle,
            PerWorkerLowBytes = added.Low,
            PerWorkerHighBytes = added.High,
            Evidence = model.Words(),
            LimitBytes = sweep.MemoryLimitBytes,
            LargestNumWorkers = fits is null ? null : shared ?? fits,
            MostConsidered = most,
            SharedMemoryBound = fits is null ? null : shared,
            Asked = [.. asked.Select(workers => Foresee(new PlannedTrial(With(configuration, workers), 1), sweep.Trials, sweep.MemoryLimitBytes)!)],
        };
    }

    private static Configuration With(Configuration configuration, int workers) =>
        Configuration.Create(new Dictionary<string, AxisValue>(configuration.Values, StringComparer.Ordinal) { [AxisNames.NumWorkers] = AxisValue.Of(workers) });

    /// <summary>What exceeded the limit with as many workers or fewer exceeds it again, unless as many or more have fitted since.</summary>
    private static MemoryForecast? BlownUp(IReadOnlyList<TrialResult> kin, int workers, MemoryForecast? forecast)
    {
        var blown = kin.Where(trial => trial.Status == TrialStatus.BlownUp && trial.Configuration.NumWorkers <= workers)
            .MinBy(trial => trial.Configuration.NumWorkers);
        if (blown is null || kin.Any(trial => trial.IsMeasured && trial.Configuration.NumWorkers >= blown.Configuration.NumWorkers))
            return null;
        var seen = (blown.Metric(MetricKeys.MemoryPeakMegabytes) ?? 0) * Mebibyte;
        return new MemoryForecast
        {
            NumWorkers = workers,
            PeakBytes = Math.Max(seen, forecast?.PeakBytes ?? 0),
            LowBytes = Math.Max(seen, forecast?.LowBytes ?? 0),
            HighBytes = Math.Max(seen, forecast?.HighBytes ?? 0),
            IsBlowUp = true,
            Evidence = FormattableString.Invariant($"foreseen to blow up: num_workers={blown.Configuration.NumWorkers} did at {Quantity.Bytes(seen)}{(forecast is null ? "" : $", and {forecast.Evidence}")}"),
        };
    }

    private static string Span(MemoryForecast forecast)
    {
        var (low, high) = Quantity.Bytes(forecast.LowBytes, forecast.HighBytes);
        return $"{Quantity.Bytes(forecast.PeakBytes)} ({low} to {high})";
    }
}
