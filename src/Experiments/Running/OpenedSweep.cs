using Experiments.Analysis.Scheduling;
using Experiments.Code;
using Experiments.Core.Baselines;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Pairs;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Recording;

namespace Experiments.Running;

/// <summary>A sweep's folder, locked, with its plan and what is done of it.</summary>
internal sealed class OpenedSweep : IDisposable
{
    /// <summary>Short sweeps in a row have names ahead of the clock by some seconds.</summary>
    private static readonly TimeSpan Haste = TimeSpan.FromMinutes(1);

    private const int MostNamed = 20;

    private readonly SweepLock _lock;
    private readonly TrialJournal _journal;
    private readonly Dictionary<string, TrialResult> _done;
    private readonly List<PairComparison> _pairs;
    private readonly List<Diagnostic> _faults = [];
    private readonly SweepRequest _request;
    private Baseline? _baseline;
    private IReadOnlyList<PastSweep> _past;
    private bool _isPlanWaiting;
    private bool _isPairWaiting;

    private OpenedSweep(SweepFolder folder, SweepManifest manifest, SweepLock taken, SweepRequest request)
    {
        var journal = folder.ReadJournal();
        (Folder, Manifest, _lock, _request, _baseline, _past) = (folder, manifest.With(journal), taken, request, request.Baseline, request.Past);
        KnowsMachine = request.Cluster is null || journal.Any(result => result.Machine is not null);
        _done = journal.Where(result => request.RepeatFailed ? result.IsMeasured : !TrialJournal.RunsAnew(result)).ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        _pairs = [.. folder.ReadPairs().Where(pair => pair.Verdict != PairVerdict.NotMeasured)];
        _journal = TrialJournal.Open(folder.Journal);
    }

    /// <summary>The folder.</summary>
    internal SweepFolder Folder { get; }

    /// <summary>What runs.</summary>
    internal SweepManifest Manifest { get; private set; }

    /// <summary>Whether the manifest's machine is one that trials ran on; before the first trial on a cluster it is the launcher's.</summary>
    internal bool KnowsMachine { get; private set; }

    /// <summary>The code that trials run with now; null: the code that the sweep began with.</summary>
    internal CodeState? OtherCode { get; private init; }

    /// <summary>Whether no further trial begins.</summary>
    internal bool IsTimeOver => _request.Time.GetUtcNow() >= _request.Until;

    /// <summary>Makes or reopens a sweep.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="DiagnosticException">It cannot be resumed, or its folder cannot be written.</exception>
    internal static OpenedSweep Open(SweepRequest request)
    {
        try
        {
            return request.ResumeId is { } id ? Resume(request, id) : Create(request);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(EnvironmentDiagnostics.CannotWrite.Error(exception.Message), exception);
        }
    }

    /// <summary>What observers are told at the start.</summary>
    /// <param name="definition">The definition.</param>
    internal SweepStart Start(ExperimentDefinition definition) => new()
    {
        SweepId = Folder.SweepId,
        Folder = Folder.Path,
        Definition = definition,
        Plan = Manifest.Plan,
        Done = InOrder(),
        Machine = Manifest.Machine,
        StartedAt = Manifest.StartedAt,
        Commit = Manifest.Commit,
        Dirty = Manifest.Dirty,
    };

    /// <summary>What comes next. Trials that the measurements call for join the plan before they run.</summary>
    internal Step Next()
    {
        var so = SoFar([]);
        var known = Manifest.Plan.Trials.Select(trial => trial.Id).ToHashSet(StringComparer.Ordinal);
        if (so.Sweep.Trials.Count >= known.Count && Schedule.Trials(_request.Definition, so).Where(trial => !known.Contains(trial.Id)).ToArray() is { Length: > 0 } more)
            Extend(more);
        return Schedule.Next(_request.Definition, so);
    }

    /// <summary>The trials that run now whatever comes of each other.</summary>
    internal IReadOnlyList<RunTrial> Block() => Schedule.Block(_request.Definition, SoFar([]));

    /// <summary>A trial ran on a node: what it is belongs to the sweep.</summary>
    /// <param name="machine">The node's kind.</param>
    internal void RanOn(MachineFingerprint machine)
    {
        if (KnowsMachine && (Manifest.Machine.Id == machine.Id || Manifest.OtherMachines.Any(one => one.Id == machine.Id)))
            return;
        Manifest = KnowsMachine ? Manifest with { OtherMachines = [.. Manifest.OtherMachines, machine] } : Manifest with { Machine = machine };
        KnowsMachine = true;
        WritePlan();
    }

    /// <summary>Another baseline is the right one, as it is known now on what machine the sweep runs.</summary>
    /// <param name="baseline">The baseline, or null.</param>
    /// <param name="past">Earlier sweeps, where a gate asks for them.</param>
    internal void CompareWith(Baseline? baseline, IReadOnlyList<PastSweep> past) => (_baseline, _past) = (baseline, past);

    /// <summary>Journals a result. When the disk refuses it, it is kept, said, and tried again with the next.</summary>
    /// <param name="result">The result.</param>
    internal void Add(TrialResult result)
    {
        _done[result.TrialId] = result;
        Written(Folder.Journal, () => _journal.Append(result));
    }

    /// <summary>Keeps a pair, on the disk too.</summary>
    /// <param name="pair">The pair.</param>
    internal void Add(PairComparison pair)
    {
        _pairs.Add(pair);
        WritePairs();
    }

    /// <summary>Writes results, and the plan, that the disk refused so far.</summary>
    internal void WriteWaiting()
    {
        Written(Folder.Journal, _journal.WriteWaiting);
        if (_isPlanWaiting)
            WritePlan();
        if (_isPairWaiting)
            WritePairs();
    }

    /// <summary>
    /// Lets the plan grow, on the disk before any of the trials starts. When the disk refuses it, it is tried again, and said in the end; the journal has what they measured.
    /// </summary>
    /// <param name="trials">The further trials.</param>
    private void Extend(IReadOnlyList<PlannedTrial> trials)
    {
        Manifest = Manifest with { Plan = Manifest.Plan with { Trials = [.. Manifest.Plan.Trials, .. trials] } };
        WritePlan();
    }

    private void WritePlan()
    {
        _isPlanWaiting = true;
        Written(Folder.Manifest, () =>
        {
            Folder.WriteManifest(Manifest);
            _isPlanWaiting = false;
        });
    }

    private void WritePairs()
    {
        _isPairWaiting = true;
        Written(Folder.Pairs, () =>
        {
            Folder.WritePairs(_pairs);
            _isPairWaiting = false;
        });
    }

    /// <summary>What is known by now.</summary>
    /// <param name="observers">What observers could not do.</param>
    internal SweepSoFar SoFar(IReadOnlyList<Diagnostic> observers) => new()
    {
        Plan = Manifest.Plan,
        Sweep = Result(observers),
        Baseline = _baseline,
        Past = _past,
        RunForeseen = _request.RunForeseen,
    };

    private SweepResult Result(IReadOnlyList<Diagnostic> observers) => new()
    {
        SweepId = Folder.SweepId,
        Experiment = Manifest.Plan.Experiment,
        DefinitionFile = _request.Definition.File,
        Seed = Manifest.Plan.Seed,
        StartedAt = Manifest.StartedAt,
        EndedAt = _request.Time.GetUtcNow(),
        Machine = Manifest.Machine,
        OtherMachines = Manifest.OtherMachines,
        Commit = Manifest.Commit,
        Dirty = Manifest.Dirty,
        DiffHash = Manifest.DiffHash,
        OtherCode = Manifest.OtherCode,
        Configurations = Manifest.Plan.Configurations,
        Trials = InOrder(),
        Pairs = [.. _pairs],
        MemoryLimitBytes = Manifest.MemoryLimitBytes,
        PlannedTrials = Manifest.Plan.Trials.Count,
        Remarks = [.. Manifest.Remarks, .. LeftOut()],
        Observers = _journal.Waiting > 0 || _isPlanWaiting || _isPairWaiting ? [.. _faults.DistinctBy(fault => fault.Message), .. observers] : observers,
    };

    /// <summary>What the end of the time kept from running.</summary>
    private IEnumerable<Diagnostic> LeftOut()
    {
        string[] left = IsTimeOver ? [.. Manifest.Plan.Trials.Where(trial => !_done.ContainsKey(trial.Id)).Select(trial => FormattableString.Invariant($"{trial.Configuration.Name} #{trial.Repeat}"))] : [];
        if (left.Length > 0)
            yield return TrialDiagnostics.TimeOver.Warning(FormattableString.Invariant(
                $"{left.Length} of {Manifest.Plan.Trials.Count} trials did not begin before {_request.Until:u}: {string.Join(", ", left.Take(MostNamed))}{(left.Length > MostNamed ? ", …" : "")}"), _request.Definition.PositionOf("matrix"));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    private static OpenedSweep Create(SweepRequest request)
    {
        var latest = SweepFolder.All(request.Root, request.Plan.Experiment).FirstOrDefault(sweep => SweepId.TimeOf(sweep.SweepId) is not null)?.SweepId;
        var folder = SweepFolder.Of(request.Root, request.Plan.Experiment, SweepId.Create(request.Time, latest));
        while (Directory.Exists(folder.Path))
            folder = SweepFolder.Of(request.Root, request.Plan.Experiment, SweepId.Create(request.Time, latest));
        if (latest is not null && SweepId.TimeOf(latest) > request.Time.GetUtcNow() + Haste)
            request.Note?.Invoke(EnvironmentDiagnostics.ClockSetBack.Warning($"the latest sweep of {request.Plan.Experiment} is {latest}, later than the clock; this one is {folder.SweepId}"));
        var code = Code(request).State;
        var manifest = new SweepManifest
        {
            SweepId = folder.SweepId,
            DefinitionFile = request.Definition.File,
            DefinitionHash = DefinitionHash.Of(request.Definition),
            StartedAt = request.Time.GetUtcNow(),
            Machine = MachineReader.Read(request.Definition.Machine),
            Commit = code.Commit,
            Dirty = code.Dirty,
            DiffHash = code.DiffHash,
            Remarks = request.Remarks,
            MemoryLimitBytes = request.Cluster is null ? LocalExecutor.MemoryLimitOf(request.Definition.Limits) : SlurmAllocation.TrialMemoryOf(request.Definition),
            Plan = request.Plan,
        };

        // All that takes time is known by now: a kill leaves a folder without a plan, which is no sweep, only by great chance.
        Directory.CreateDirectory(folder.Path);
        return Locked(folder, taken =>
        {
            folder.WriteManifest(manifest);
            if (File.Exists(manifest.DefinitionFile))
                File.Copy(manifest.DefinitionFile, folder.File(SweepManifest.DefinitionCopy(manifest.DefinitionFile)));
            return new OpenedSweep(folder, manifest, taken, request);
        });
    }

    private static OpenedSweep Resume(SweepRequest request, string id)
    {
        var folder = SweepFolder.Of(request.Root, request.Plan.Experiment, id);
        var manifest = folder.ReadManifest();
        if (manifest.DefinitionHash != DefinitionHash.Of(request.Definition))
        {
            throw new DiagnosticException(TrialDiagnostics.DefinitionChanged.Error(
                $"sweep {id} began with another definition", request.Definition.PositionOf("")));
        }

        return Locked(folder, taken =>
        {
            var code = Code(request);
            var same = CodeCheck.Check(manifest, code, request.RepeatFailed ? request with { AllowChangedCode = request.AllowChangedCode || RepeatsOnly(folder, manifest, request) } : request);
            if (request.Remarks.Any(remark => !same.Remarks.Contains(remark)))
                same = same with { Remarks = [.. same.Remarks.Union(request.Remarks)] };
            var opened = new OpenedSweep(folder, same, taken, request) { OtherCode = code.State == manifest.Code ? null : code.State };
            if (opened.Manifest != manifest)
                opened.WritePlan(); // with the code that goes on, or with trials that the disk had refused
            return opened;
        });
    }

    /// <summary>Whether all trials of the plan ran, so that repeating is all that is left to do. Changed code is allowed for that alone: what never ran does not begin with it.</summary>
    /// <exception cref="DiagnosticException">EXP3046: there is nothing to repeat.</exception>
    private static bool RepeatsOnly(SweepFolder folder, SweepManifest manifest, SweepRequest request)
    {
        var ran = folder.ReadJournal().ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        var isWhole = manifest.Plan.Trials.All(trial => ran.ContainsKey(trial.Id));
        return !isWhole || ran.Values.Any(result => !result.IsMeasured) ? isWhole
            : throw new DiagnosticException(TrialDiagnostics.NothingToRepeat.Error($"no trial of sweep {folder.SweepId} failed or measured nothing", request.Definition.PositionOf("name")));
    }

    /// <summary>The lock is given back where the sweep cannot be opened.</summary>
    private static OpenedSweep Locked(SweepFolder folder, Func<SweepLock, OpenedSweep> open)
    {
        var taken = SweepLock.Take(folder);
        try
        {
            return open(taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>The code around the definition. What sweeps and baselines write is none, and of the definition itself only the meaning counts.</summary>
    private static (CodeState State, string? Unknown) Code(SweepRequest request)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(request.Definition.File)) ?? ".";
        var baselines = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(request.Definition.Source?.File ?? request.Definition.File)) ?? ".", "baselines");
        return WorkingTree.Read(folder, [request.Root, baselines, request.Definition.File, .. Tracking.ArtifactFolder(request.Definition) is { } copies ? [copies] : Array.Empty<string>()]);
    }

    private IReadOnlyList<TrialResult> InOrder() =>
        [.. Manifest.Plan.Trials.Select(trial => _done.GetValueOrDefault(trial.Id)).OfType<TrialResult>()];

    private void Written(string file, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _faults.Add(EnvironmentDiagnostics.CannotWrite.Error($"'{file}': {exception.Message}"));
        }
    }
}
