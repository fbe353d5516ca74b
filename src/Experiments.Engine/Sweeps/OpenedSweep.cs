using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Definitions;
using Experiments.Engine.Journal;
using Experiments.Engine.Machines;
using Experiments.Engine.Telemetry;

namespace Experiments.Engine.Sweeps;

/// <summary>A sweep's folder, locked, with its plan and what is done of it.</summary>
internal sealed class OpenedSweep : IDisposable
{
    private const double DefaultMemoryShare = 0.9;

    private readonly SweepLock _lock;
    private readonly TrialJournal _journal;
    private readonly Dictionary<string, TrialResult> _done;
    private readonly List<Diagnostic> _faults = [];
    private readonly SweepRequest _request;

    private OpenedSweep(SweepFolder folder, SweepManifest manifest, SweepLock taken, SweepRequest request)
    {
        (Folder, Manifest, _lock, _request) = (folder, manifest, taken, request);
        // What was foreseen is foreseen anew: by now more is known, or the user wants to see it.
        _done = folder.ReadJournal().Where(result => result.Status != TrialStatus.Foreseen).ToDictionary(result => result.TrialId, StringComparer.Ordinal);
        _journal = TrialJournal.Open(folder.Journal);
    }

    /// <summary>The folder.</summary>
    internal SweepFolder Folder { get; }

    /// <summary>What runs.</summary>
    internal SweepManifest Manifest { get; private set; }

    /// <summary>The trials that are not done, in the plan's order.</summary>
    internal IReadOnlyList<PlannedTrial> Remaining => [.. Manifest.Plan.Trials.Where(trial => !_done.ContainsKey(trial.Id))];

    /// <summary>Whether trials run that are foreseen to blow up.</summary>
    internal bool RunsForeseen => _request.RunForeseen;

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
    };

    /// <summary>The memory that a trial will take, as far as the trials so far tell.</summary>
    /// <param name="trial">The trial.</param>
    internal MemoryForecast? Foresee(PlannedTrial trial) => _request.Foresee?.Invoke(trial, _done.Values, Manifest.MemoryLimitBytes);

    /// <summary>Journals a result. When the disk refuses it, it is kept, said, and tried again with the next.</summary>
    /// <param name="result">The result.</param>
    internal void Add(TrialResult result)
    {
        _done[result.TrialId] = result;
        Written(Folder.Journal, () => _journal.Append(result));
    }

    /// <summary>Writes results that the disk refused so far.</summary>
    internal void WriteWaiting() => Written(Folder.Journal, _journal.WriteWaiting);

    /// <summary>Lets the plan grow, on the disk before any of the trials starts. When the disk refuses it, that is said.</summary>
    /// <param name="trials">The further trials.</param>
    internal void Extend(IReadOnlyList<PlannedTrial> trials)
    {
        Manifest = Manifest with { Plan = Manifest.Plan with { Trials = [.. Manifest.Plan.Trials, .. trials] } };
        Written(Folder.Manifest, () => Folder.WriteManifest(Manifest));
    }

    /// <summary>What the sweep measured.</summary>
    /// <param name="request">The request.</param>
    /// <param name="observers">What observers could not do.</param>
    internal SweepResult Result(SweepRequest request, IReadOnlyList<Diagnostic> observers) => new()
    {
        SweepId = Folder.SweepId,
        Experiment = Manifest.Plan.Experiment,
        DefinitionFile = request.Definition.File,
        Seed = Manifest.Plan.Seed,
        StartedAt = Manifest.StartedAt,
        EndedAt = _request.Time.GetUtcNow(),
        Machine = Manifest.Machine,
        Commit = Manifest.Commit,
        Configurations = Manifest.Plan.Configurations,
        Trials = InOrder(),
        MemoryLimitBytes = Manifest.MemoryLimitBytes,
        PlannedTrials = Manifest.Plan.Trials.Count,
        Observers = _journal.Waiting > 0 ? [.. _faults, .. observers] : observers,
    };

    /// <inheritdoc />
    public void Dispose()
    {
        _journal.Dispose();
        _lock.Dispose();
    }

    private static OpenedSweep Create(SweepRequest request)
    {
        var folder = SweepFolder.Of(request.Root, request.Plan.Experiment, SweepId.Create(request.Time));
        while (Directory.Exists(folder.Path))
            folder = SweepFolder.Of(request.Root, request.Plan.Experiment, SweepId.Create(request.Time));
        var manifest = new SweepManifest
        {
            SweepId = folder.SweepId,
            DefinitionFile = request.Definition.File,
            DefinitionHash = DefinitionHash.Of(request.Definition),
            StartedAt = request.Time.GetUtcNow(),
            Machine = MachineReader.Read(),
            Commit = GitCommit.Read(Path.GetDirectoryName(Path.GetFullPath(request.Definition.File)) ?? "."),
            MemoryLimitBytes = MemoryLimit(request.Definition.Limits),
            Plan = request.Plan,
        };

        // All that takes time is known by now: a kill leaves a folder without a plan, which is no sweep, only by great chance.
        Directory.CreateDirectory(folder.Path);
        var taken = SweepLock.Take(folder);
        folder.WriteManifest(manifest);
        if (File.Exists(manifest.DefinitionFile))
            File.Copy(manifest.DefinitionFile, folder.File(SweepManifest.DefinitionCopy(manifest.DefinitionFile)));
        return new OpenedSweep(folder, manifest, taken, request);
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

        return new OpenedSweep(folder, manifest, SweepLock.Take(folder), request);
    }

    private static long? MemoryLimit(Limits limits)
    {
        var available = MachineMemory.AvailableBytes(ControlGroupLayout.Read());
        if (limits.Memory is { } limit)
            return limit.Resolve(available);
        return available > 0 ? (long)(available * DefaultMemoryShare) : null;
    }

    private IReadOnlyList<TrialResult> InOrder() =>
        [.. Manifest.Plan.Trials.Select(trial => _done.GetValueOrDefault(trial.Id)).OfType<TrialResult>()];

    private void Written(string file, Action write)
    {
        try
        {
            write();
        }
        catch (IOException exception)
        {
            _faults.Add(EnvironmentDiagnostics.CannotWrite.Error($"'{file}': {exception.Message}"));
        }
    }
}
