using System.Runtime.CompilerServices;
using Experiments.Analysis;
using Experiments.Analysis.History;
using Experiments.Cleaning;
using Experiments.Cluster;
using Experiments.Comparing;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Definitions;
using Experiments.Engine;
using Experiments.Engine.Machines;
using Experiments.Merging;
using Experiments.Pairs;
using Experiments.Recording;
using Experiments.Reports.Files;
using Experiments.Reports.Tracking;
using Experiments.Running;
using Experiments.Tuning;

namespace Experiments;

/// <summary>
/// What every front end calls: a definition runs as a sweep, is judged, shown and recorded. What a user got wrong is a <see cref="DiagnosticException"/>, with its
/// code and place, before anything runs.
/// </summary>
public static class Experiment
{
    /// <summary>Reads a definition, YAML or JSON.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DiagnosticException">EXP1xxx: it is in error; the first one that was found.</exception>
    public static ExperimentDefinition Read(string path)
    {
        var reading = DefinitionReader.Read(path);
        return reading.Definition ?? throw new DiagnosticException(reading.Diagnostics.First(one => one.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>The trials that a sweep would run, in their order.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Filters, shard, seed and repeats; null: the whole matrix.</param>
    /// <exception cref="DiagnosticException">EXP1013, EXP1026 to EXP1029: the options are in error.</exception>
    public static Plan Plan(ExperimentDefinition definition, PlanOptions? options = null)
    {
        var planning = Planner.TryCreate(definition, options ?? new PlanOptions());
        return planning.Plan ?? throw new DiagnosticException(planning.Diagnostics[0]);
    }

    /// <summary>Runs the sweep of a definition's file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How; null: with the defaults.</param>
    /// <param name="cancellationToken">Asks the running trial to end; what is done is judged, and the sweep can be continued.</param>
    /// <exception cref="DiagnosticException">The definition is in error, or the sweep cannot start; nothing ran.</exception>
    public static Task<SweepRun> RunAsync(string path, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(Read(path), options, cancellationToken);

    /// <summary>Runs the sweep of a definition, or continues it: prepares, runs, judges, reports and records.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">How; null: with the defaults.</param>
    /// <param name="cancellationToken">Asks the running trial to end; what is done is judged, and the sweep can be continued.</param>
    /// <exception cref="DiagnosticException">The sweep cannot start; nothing ran.</exception>
    public static Task<SweepRun> RunAsync(ExperimentDefinition definition, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        new SweepSession(definition, options ?? new RunOptions()).RunAsync(cancellationToken);

    /// <summary>Submits the sweep of a definition to Slurm, and waits for nothing. <see cref="RunAsync(ExperimentDefinition, RunOptions?, CancellationToken)"/> with its id takes the results.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">How; null: with the defaults.</param>
    /// <param name="cancellationToken">Ends the submitting.</param>
    /// <exception cref="DiagnosticException">The sweep cannot start, or Slurm takes none of its jobs (EXP3309, EXP3310); nothing runs.</exception>
    public static Task<SubmittedSweep> SubmitAsync(ExperimentDefinition definition, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        new SweepSession(definition, options ?? new RunOptions()).SubmitAsync(cancellationToken);

    /// <summary>How far a sweep is, by its files alone: nothing is asked of Slurm.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Which sweep; null: the latest.</param>
    /// <exception cref="DiagnosticException">EXP3010: there is none, or it cannot be read.</exception>
    public static SweepStatus Status(ExperimentDefinition definition, SweepOptions? options = null) => SweepStatusReader.Read(definition, options ?? new SweepOptions());

    /// <summary>Calls back what a sweep has on Slurm. The sweep can be resumed.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Which sweep; null: the latest.</param>
    /// <param name="cancellationToken">Ends the waiting for Slurm.</param>
    /// <returns>The trials that were called back.</returns>
    /// <exception cref="DiagnosticException">EXP3010: there is none. EXP3317: it has nothing on Slurm. EXP5050: Slurm is not here.</exception>
    public static Task<int> CancelAsync(ExperimentDefinition definition, SweepOptions? options = null, CancellationToken cancellationToken = default) =>
        ClusterCancellation.RunAsync(definition, options ?? new SweepOptions(), cancellationToken);

    /// <summary>Finds the loader setting that a training needs on this machine, by swapping its loader while it runs once.</summary>
    /// <param name="request">The training.</param>
    /// <param name="options">Where it lies and who follows; null: with the defaults.</param>
    /// <param name="cancellationToken">Asks the training to end; what is measured is answered from.</param>
    /// <exception cref="DiagnosticException">It cannot start; nothing ran.</exception>
    public static Task<TuneRun> TuneAsync(TuneRequest request, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        new TuneSession(TuneTarget.Of(request), request, options ?? new RunOptions()).RunAsync(cancellationToken);

    /// <summary>The same for the script of a definition, whose axes bound what is tried: once for each combination of those that are no loader's, one after the other.</summary>
    /// <param name="definition">The definition; the first values of its loader axes are the script's own setting.</param>
    /// <param name="request">How it is tuned.</param>
    /// <param name="options">Where it lies, who follows, and which combinations; null: with the defaults.</param>
    /// <param name="cancellationToken">Asks the training to end; what is measured is answered from.</param>
    /// <returns>The answers, each when it is there.</returns>
    /// <exception cref="DiagnosticException">It cannot start; nothing more runs.</exception>
    public static async IAsyncEnumerable<TuneRun> TuneAsync(
        ExperimentDefinition definition, TuneRequest request, RunOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        options ??= new RunOptions();
        foreach (var target in TuneTarget.Of(definition, options.Plan))
        {
            if (!cancellationToken.IsCancellationRequested)
                yield return await new TuneSession(target, request, options).RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Compares two versions of a training, code or configuration, in pairs that run in the same seconds.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="request">What is compared with what.</param>
    /// <param name="options">Where it lies, and which configurations; null: with the defaults.</param>
    /// <param name="cancellationToken">Asks both sides to end; what is settled is answered.</param>
    /// <exception cref="DiagnosticException">EXP5038, EXP5039, EXP5041 and what keeps a sweep from starting; nothing is compared.</exception>
    public static Task<CompareRun> CompareAsync(
        ExperimentDefinition definition, CompareRequest request, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        new CompareSession(definition, request, options ?? new RunOptions()).RunAsync(cancellationToken);

    /// <summary>Finds the commit that made a training slower, in pairs with the commit that is as fast as it should be. The same request again continues where it ended.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="request">Between which commits.</param>
    /// <param name="options">Where it lies, and the one configuration; null: with the defaults.</param>
    /// <param name="cancellationToken">Asks both sides to end; what is measured is kept.</param>
    /// <exception cref="DiagnosticException">EXP5038, EXP5039, EXP5041, EXP5042 and what keeps a sweep from starting; nothing is searched.</exception>
    public static Task<BisectRun> BisectAsync(
        ExperimentDefinition definition, BisectRequest request, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        new BisectSession(definition, request, options ?? new RunOptions()).RunAsync(cancellationToken);

    /// <summary>Judges a sweep again, by the definition's gates and the baseline as they are now. Runs nothing; <see cref="WriteAsync"/> keeps the judgement.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Which sweep; null: the latest that is finished.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DiagnosticException">EXP3010, EXP4003, EXP5004: the sweep, or what it is compared with, cannot be read.</exception>
    public static async Task<SweepRun> GateAsync(ExperimentDefinition definition, SweepOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SweepOptions();
        var measured = Report(definition, options);
        return measured with { Report = await Judging.JudgeAsync(definition, options, measured.Report.Sweep, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Makes one sweep of shards that ran elsewhere (<c>--shard 1/4</c> and so on), with one verdict over the whole matrix; a sweep like any other then.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="folders">Folders that hold the shards' sweeps, at any depth.</param>
    /// <param name="options">Where the merged sweep goes; null: with the defaults.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="DiagnosticException">EXP3022: they are not the shards of one sweep. EXP3010: one cannot be read.</exception>
    public static Task<SweepRun> MergeAsync(ExperimentDefinition definition, IReadOnlyList<string> folders, SweepOptions? options = null, CancellationToken cancellationToken = default) =>
        new MergeSession(definition, folders, options ?? new SweepOptions()).RunAsync(cancellationToken);

    /// <summary>A sweep as it was judged.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Which sweep; null: the latest that is finished.</param>
    /// <exception cref="DiagnosticException">EXP3010: there is none, or it cannot be read.</exception>
    public static SweepRun Report(ExperimentDefinition definition, SweepOptions? options = null)
    {
        options ??= new SweepOptions();
        var (folder, report) = LatestSweep.Of(options.Root, definition, options.SweepId);
        return new SweepRun(report, folder.Path);
    }

    /// <summary>The latest sweep of each experiment below a folder, as it was judged, such as in the downloaded artifact of a CI job. No definition is needed.</summary>
    /// <param name="folder">The folder; sweeps lie in it at any depth.</param>
    /// <exception cref="DiagnosticException">EXP3010: there is none, or one cannot be read.</exception>
    public static IReadOnlyList<SweepRun> ReportsBelow(string folder) => SweepsBelow.Of(folder);

    /// <summary>Writes a sweep's <c>results.json</c>, <c>results.csv</c>, <c>summary.md</c>, <c>junit.xml</c> and <c>report.html</c> anew.</summary>
    /// <param name="run">The sweep.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="IOException">The disk refuses it.</exception>
    public static Task WriteAsync(SweepRun run, CancellationToken cancellationToken = default) => ReportFiles.WriteAsync(run.Folder, run.Report, cancellationToken);

    /// <summary>The recommended configuration of each dataset, and how memory follows from <c>num_workers</c>.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Which sweep to draw from; null: the latest that is finished.</param>
    /// <param name="numWorkers">Counts whose peak memory is asked for besides.</param>
    /// <exception cref="DiagnosticException">EXP3010: there is none, or it cannot be read.</exception>
    public static AdviceReport Advise(ExperimentDefinition definition, SweepOptions? options = null, params IReadOnlyList<int> numWorkers)
    {
        var report = Report(definition, options).Report;
        return new AdviceReport
        {
            Experiment = definition.Name,
            SweepId = report.Sweep.SweepId,
            Advice = report.Assessment.Advice,
            Memory = Foresight.Advise(report.Sweep, numWorkers),
        };
    }

    /// <summary>What moved the throughput of each configuration for good, over the sweeps of the folder and of MLflow.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Where sweeps live; null: with the defaults.</param>
    /// <param name="machineId">The machine whose sweeps count, by its fingerprint; null: this one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyList<ConfigurationHistory>> HistoryAsync(
        ExperimentDefinition definition, SweepOptions? options = null, string? machineId = null, CancellationToken cancellationToken = default)
    {
        var here = MachineReader.Read(definition.Machine);
        machineId ??= here.Id;
        var names = machineId == here.Id ? MachineNames.Of(here) : new HashSet<string> { machineId };
        var past = await PastSweeps.ReadAsync(definition, options ?? new SweepOptions(), (machineId, names), cancellationToken).ConfigureAwait(false);
        return SweepHistory.Of(past, machineId);
    }

    /// <summary>Removes the logs, events and telemetry of old sweeps' trials, and says what; results, plans and journals stay.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="request">Which sweeps are old; null: all but the latest 20.</param>
    /// <param name="options">Where sweeps live; null: with the defaults.</param>
    public static IReadOnlyList<Cleaned> Clean(ExperimentDefinition definition, CleanRequest? request = null, SweepOptions? options = null) =>
        new CleanSession(definition, request ?? new CleanRequest(), options ?? new SweepOptions()).Run();

    /// <summary>The sweeps that <see cref="PublishAsync"/> would complete in MLflow: the one named, else the latest and all that were not wholly sent; oldest first.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="options">Which sweep; null: as above.</param>
    /// <exception cref="DiagnosticException">EXP3010: there is none.</exception>
    public static IReadOnlyList<string> Unpublished(ExperimentDefinition definition, SweepOptions? options = null)
    {
        options ??= new SweepOptions();
        return [.. PublishedSweeps.Of(options.Root, definition, options.SweepId, Tracking.UriOf(definition)).Select(folder => folder.SweepId)];
    }

    /// <summary>Completes the record of one sweep in MLflow. May be repeated: what MLflow holds already stays as it is.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="sweepId">The sweep's id.</param>
    /// <param name="options">Where sweeps live; null: with the defaults.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <returns>What was recorded and what was not.</returns>
    /// <exception cref="DiagnosticException">EXP3010, EXP3011, EXP4005: the sweep cannot be read, or there is no such store.</exception>
    public static Task<RecordingOutcome> PublishAsync(
        ExperimentDefinition definition, string sweepId, SweepOptions? options = null, CancellationToken cancellationToken = default) =>
        Publishing.PublishAsync(definition, sweepId, options ?? new SweepOptions(), cancellationToken);
}
