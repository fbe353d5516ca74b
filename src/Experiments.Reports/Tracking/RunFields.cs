using System.Globalization;
using Experiments.Analysis.Text;
using Experiments.Core.Definitions;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Mlflow;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Experiments.Reports.Files;

namespace Experiments.Reports.Tracking;

/// <summary>What stands in the runs of a sweep: pure, so that it is the same whether recorded live or published later.</summary>
internal sealed class RunFields(SweepStart sweep, MlflowObserverOptions options)
{
    /// <summary>A metric that only the runs of whole sweeps have.</summary>
    public const string TrialsPlanned = "trials/planned";

    private const string Missing = "none";

    private readonly string[] axes = [.. sweep.Plan.Configurations.SelectMany(one => one.Values.Keys).Distinct(StringComparer.Ordinal)];

    private readonly Lazy<List<DatasetInput>> inputs = new(
        () => [.. sweep.Definition.Datasets.Where(one => Runs(sweep.Plan, one.Name)).Select(one => DatasetDigest.Input(one, options.DatasetFolders.GetValueOrDefault(one.Name)))]);

    public string Experiment => options.Experiment ?? sweep.Definition.Mlflow.Experiment ?? sweep.Definition.Name;

    public string ParentKey => sweep.SweepId;

    public OutboxRun Parent() => new()
    {
        Key = ParentKey,
        Name = RunNames.OfSweep(sweep.Definition.Name, sweep.StartedAt),
        User = options.User,
        StartTimeMs = sweep.StartedAt.ToUnixTimeMilliseconds(),
        Tags = [.. Common()],
    };

    public OutboxRun Trial(string key, PlannedTrial trial, DateTimeOffset startedAt) => new()
    {
        Key = key,
        ParentKey = ParentKey,
        Name = RunNames.Of(trial.Configuration, trial.Repeat),
        User = options.User,
        StartTimeMs = startedAt.ToUnixTimeMilliseconds(),
        Tags =
        [
            .. Common(),
            new Tag(TrackingTags.TrialId, trial.Id),
            new Tag(TrackingTags.ConfigurationId, trial.Configuration.Id),
            new Tag(TrackingTags.Purpose, trial.Purpose.ToString().ToLowerInvariant()),
        ],
    };

    /// <summary>The key of a trial's attempt. The first has none of the number, for it is nearly always the only one.</summary>
    public string KeyOf(string trialId, int attempt) =>
        attempt <= 1 ? $"{sweep.SweepId}/{trialId}" : string.Create(CultureInfo.InvariantCulture, $"{sweep.SweepId}/{trialId}/{attempt}");

    /// <summary>The tags of the experiment: its primary metric, and the views of this sweep.</summary>
    public IEnumerable<Tag> ExperimentTags() => [new(MlflowTags.PrimaryMetric, MetricKeys.SamplesPerSecond), .. SharedViews.Tags(sweep.SweepId, axes)];

    public IReadOnlyList<Param> ParentParams() => Params(new Dictionary<string, string>
    {
        ["configurations"] = Text(sweep.Plan.Configurations.Count),
        ["repeats"] = Text(sweep.Definition.Repeats),
    });

    /// <summary>All axes, then the settings that no axis varies: every trial's run has the same keys, or pages cannot compare them.</summary>
    public IReadOnlyList<Param> TrialParams(PlannedTrial trial) => Params(Point(trial));

    /// <summary>The axes alone, with the repeat: what the trial itself was told.</summary>
    public IReadOnlyList<Param> AxisParams(PlannedTrial trial) => [.. Point(trial).Select(value => new Param(RunNames.Key(value.Key), value.Value))];

    public static string StatusWord(TrialStatus status) => char.ToLowerInvariant(status.ToString()[0]) + status.ToString()[1..];

    public static IReadOnlyList<Tag> TrialTags(TrialResult result) =>
    [
        new(TrackingTags.Status, StatusWord(result.Status)),
        .. result.Telemetry is { } telemetry ? [new Tag(TrackingTags.MemoryMethod, telemetry.MemoryMethod)] : Array.Empty<Tag>(),
        .. result.ExitCode is { } exitCode ? [new Tag(TrackingTags.ExitCode, Text(exitCode))] : Array.Empty<Tag>(),
        .. result.Code?.Commit is { } commit ? [new Tag(MlflowTags.GitCommit, commit)] : Array.Empty<Tag>(), // not the sweep's
        .. result.Code?.Dirty is { } dirty ? [new Tag(TrackingTags.Dirty, dirty ? "true" : "false")] : Array.Empty<Tag>(),
        new(MlflowTags.Note, RunNotes.Trial(result)),
    ];

    /// <summary>The summary values of a trial, as bars: curves stand under their own keys. What the curves held back goes behind those that lead.</summary>
    public static IReadOnlyList<MetricPoint> TrialMetrics(TrialResult result, StepCurves curves)
    {
        var time = Math.Max(result.StartedAt.AddSeconds(result.DurationSeconds).ToUnixTimeMilliseconds(), curves.LatestTimeMs + 1); // or the figure so far would stay
        var figures = MetricOrder.Sorted(result.Metrics.Append(new(MetricKeys.DurationSeconds, result.DurationSeconds)).DistinctBy(metric => metric.Key))
            .Where(metric => !curves.Has(metric.Key)).Select(metric => new MetricPoint(metric.Key, metric.Value, time)).ToLookup(point => MetricOrder.Leads(point.Key));
        return [.. figures[true], .. curves.Rest(), .. figures[false]];
    }

    public static IReadOnlyList<MetricPoint> ParentMetrics(SweepReport report)
    {
        var time = report.Sweep.EndedAt.ToUnixTimeMilliseconds();
        return [.. ParentValues(report).DistinctBy(value => value.Key).Select(value => new MetricPoint(value.Key, MetricOrder.Rounded(value.Value), time))];
    }

    public IReadOnlyList<Tag> ParentTags(SweepReport report) =>
    [
        new(MlflowTags.RunName, RunNames.OfSweep(sweep.Definition.Name, sweep.StartedAt, VerdictWords.Of(report.Assessment.Verdict))),
        new(MlflowTags.Note, $"{SharedViews.Links}\n\n{SummaryMarkdown.Render(report)}"),
        new(TrackingTags.Verdict, VerdictWords.Of(report.Assessment.Verdict)),
        new(TrackingTags.ExitCode, Text(ExitCodes.Of(report.Assessment.Verdict))),
    ];

    /// <summary>The dataset of that name, or all that run. Their files are looked at once: there may be many of them, and many trials.</summary>
    public IReadOnlyList<DatasetInput> Inputs(string? dataset) => [.. inputs.Value.Where(one => dataset is null || one.Name == dataset)];

    private static IEnumerable<(string Key, double Value)> ParentValues(SweepReport report)
    {
        var verdicts = report.Assessment.Configurations;
        if (verdicts.MaxBy(one => one.SamplesPerSecond) is { SamplesPerSecond: { } fastest } best)
        {
            yield return ("best/samples_per_second", fastest);
            if (best.PeakMegabytes is { } peakOfBest)
                yield return ("best/peak_megabytes", peakOfBest);
        }

        if (verdicts.Max(one => one.PeakMegabytes) is { } largest)
            yield return ("trials/largest_peak_megabytes", largest);
        yield return (TrialsPlanned, report.Sweep.PlannedTrials);
        yield return ("trials/measured", report.Sweep.Trials.Count(trial => trial.IsMeasured));
        yield return ("trials/red", report.Sweep.Trials.Count(trial => !trial.IsMeasured));
        yield return ("trials/red_configurations", verdicts.Count(one => one.Verdict != VerdictKind.Pass));
        yield return ("trials/duration_seconds", (report.Sweep.EndedAt - report.Sweep.StartedAt).TotalSeconds);
        foreach (var advice in report.Assessment.Advice)
        {
            if (verdicts.FirstOrDefault(one => one.Configuration.Id == (advice.MeasuredAs ?? advice.Configuration?.Id)) is not { } chosen)
                continue;
            var prefix = $"recommended/{RunNames.KeyWord(advice.Dataset ?? "all")}";
            if (advice.Configuration?.NumWorkers is { } workers)
                yield return ($"{prefix}/{AxisNames.NumWorkers}", workers);
            if (advice.Configuration?.PinMemory is { } pinned)
                yield return ($"{prefix}/{AxisNames.PinMemory}", pinned ? 1 : 0);
            if (chosen.SamplesPerSecond is { } rate)
                yield return ($"{prefix}/samples_per_second", rate);
            if (chosen.PeakMegabytes is { } peak)
                yield return ($"{prefix}/peak_megabytes", peak);
        }
    }

    /// <summary>Whether trials read a dataset: a sweep may run a part of its matrix.</summary>
    private static bool Runs(Plan plan, string dataset) => plan.Configurations.All(one => one.Dataset is null) || plan.Configurations.Any(one => one.Dataset == dataset);

    private IEnumerable<Tag> Common()
    {
        yield return new Tag(MlflowTags.SourceName, sweep.Definition.File);
        yield return new Tag(MlflowTags.SourceType, "LOCAL");
        if (options.User.Length > 0)
            yield return new Tag(MlflowTags.User, options.User);
        if (sweep.Commit is { } commit)
            yield return new Tag(MlflowTags.GitCommit, commit);
        if (sweep.Dirty is { } dirty)
            yield return new Tag(TrackingTags.Dirty, dirty ? "true" : "false");
        if (options.GitBranch is { } branch)
            yield return new Tag(MlflowTags.GitBranch, branch);
        if (options.GitRepositoryUrl is { } url)
            yield return new Tag(MlflowTags.GitRepositoryUrl, StoreAddress.WithoutCredentials(url));
        foreach (var (key, value) in options.Tags)
            yield return new Tag(key, value);
        yield return new Tag(TrackingTags.Definition, sweep.Definition.Name);
        yield return new Tag(TrackingTags.SweepId, sweep.SweepId);
        yield return new Tag(TrackingTags.Machine, sweep.Machine.Id);
    }

    private Dictionary<string, string> Point(PlannedTrial trial)
    {
        var values = axes.ToDictionary(axis => axis, axis => trial.Configuration.Values.TryGetValue(axis, out var value) ? Text(value) : Missing, StringComparer.Ordinal);
        values["repeat"] = Text(trial.Repeat);
        return values;
    }

    private Param[] Params(Dictionary<string, string> values)
    {
        var train = sweep.Definition.Train;
        values.TryAdd(AxisNames.BatchSize, Text(train.BatchSize));
        values.TryAdd("steps", train.Steps is { } steps ? Text(steps) : "auto");
        values.TryAdd("warmup_steps", Text(train.WarmupSteps));
        values.TryAdd("device", train.Device);
        values.TryAdd("seed", Text(sweep.Definition.Seed));
        values.TryAdd("task", train switch
        {
            TorchSharpTask torch => torch.Task,
            PyTorchTask python => python.Module ?? Path.GetFileName(python.Script),
            CommandTask command => string.Join(' ', command.Command),
            _ => train.GetType().Name,
        });
        return [.. values.Select(value => new Param(RunNames.Key(value.Key), value.Value))];
    }

    /// <summary>As Python writes it: a script that logs the same param itself must find the same value.</summary>
    private static string Text(AxisValue value) => value.AsBoolean() switch { true => "True", false => "False", _ => value.Text };

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
