using System.Globalization;
using System.Runtime.CompilerServices;
using Experiments.Core.Results;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Causes;
using Experiments.Slurm.Cluster;

namespace Experiments.Slurm;

/// <summary>
/// Runs trials as Slurm jobs. Files in the sweep's folder are the truth: what is submitted, what runs, what ended. Slurm is asked only whether jobs live that have left no result yet. So the launcher may die at any
/// time: the next one reads the same files and goes on.
/// </summary>
/// <param name="options">What all trials share.</param>
/// <param name="client">Asks Slurm.</param>
internal sealed class SlurmExecutor(SlurmExecutorOptions options, SlurmClient client) : IBlockExecutor
{
    /// <summary>How often a trial is submitted that the cluster loses.</summary>
    private const int MostTries = 3;

    /// <summary>Between the end of a job's script and the sight of all that it wrote before.</summary>
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(2);

    private readonly Submitter _submitter = new(options, client);
    private readonly JobWatch _watch = new(client, options.Time, options.Note);
    private readonly PollPace _pace = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10));
    private readonly Dictionary<string, PlacedTrial> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<(BatchFolder Folder, int Task), (DateTimeOffset At, int Answers)> _over = [];

    /// <summary>Whether somebody else called the jobs back.</summary>
    public bool IsRecalled { get; private set; }

    /// <summary>Submits the trials that are not on Slurm yet, and waits for none.</summary>
    /// <param name="orders">The trials.</param>
    /// <param name="cancellationToken">Ends the submitting.</param>
    /// <returns>How many of them Slurm has, and how many it takes only later.</returns>
    /// <exception cref="DiagnosticException">EXP3309, EXP3310: Slurm takes none.</exception>
    public async Task<(int Submitted, int Waiting)> SubmitAsync(IReadOnlyList<TrialOrder> orders, CancellationToken cancellationToken)
    {
        Place(orders);
        await SubmitWaitingAsync(cancellationToken).ConfigureAwait(false);
        return (_open.Count, _submitter.Waiting.Count());
    }

    /// <inheritdoc />
    /// <exception cref="DiagnosticException">EXP3309, EXP3310: Slurm takes none.</exception>
    public async IAsyncEnumerable<ReturnedTrial> RunAsync(IReadOnlyList<TrialOrder> orders, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Place(orders);
        while (_open.Count > 0 || _submitter.Waiting.Any())
        {
            var (returned, isStopped) = await LookAsync(cancellationToken).ConfigureAwait(false);
            foreach (var one in returned)
                yield return one;
            if (isStopped)
                yield break;
        }
    }

    /// <summary>Finds the jobs that have the trials already; the other trials wait to be submitted.</summary>
    private void Place(IReadOnlyList<TrialOrder> orders)
    {
        var placed = PlacedTrial.Of(new SlurmFolder(options.Folder).Read());
        var fresh = new List<SlurmOrder>();
        foreach (var order in orders)
        {
            if (placed.TryGetValue(order.Trial.Id, out var known))
                _open[known.Id] = known;
            else
                fresh.Add(SlurmOrder.Of(order));
        }

        _submitter.Add(fresh);
    }

    /// <summary>Calls back all that is not done, also what was on its way to Slurm when the waiting was cancelled.</summary>
    private Task CancelAsync()
    {
        var left = _open.Keys.Concat(_submitter.Waiting.Select(order => order.Trial.Id)).ToHashSet(StringComparer.Ordinal);
        var batches = new SlurmFolder(options.Folder).Read().Where(one => one.Batch.Tasks.Any(task => task.Orders.Any(order => left.Contains(order.Trial.Id))) && !NamesOf(one.Folder).IsRevoked);
        return Recall.AllAsync(batches, client, options.Note, CancellationToken.None);
    }

    private async Task<(IReadOnlyList<ReturnedTrial> Returned, bool IsStopped)> LookAsync(CancellationToken cancellationToken)
    {
        var returned = new List<ReturnedTrial>();
        var (hasNews, isRevoked) = Collect(returned);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isRevoked)
            {
                IsRecalled = true;
                return (returned, true);
            }

            await _watch.LookAsync([.. _open.Values.Select(one => one.Batch.JobName).Distinct()], hasNews, cancellationToken).ConfigureAwait(false);
            returned.AddRange(FindLost(out var held));
            foreach (var job in held)
                await client.AskAsync("scancel", [job], cancellationToken).ConfigureAwait(false);
            await SubmitWaitingAsync(cancellationToken).ConfigureAwait(false);
            _pace.Look(hasNews || returned.Count > 0);
            if (returned.Count == 0)
                await Task.Delay(_pace.Current, options.Time, cancellationToken).ConfigureAwait(false);
            return (returned, false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (!options.LeavesJobs)
                await CancelAsync().ConfigureAwait(false);
            return (returned, true);
        }
    }

    private async Task SubmitWaitingAsync(CancellationToken cancellationToken)
    {
        foreach (var (folder, batch) in await _submitter.SubmitAsync(_open.Count == 0, cancellationToken).ConfigureAwait(false))
        {
            options.Submitted(batch);
            foreach (var (task, orders) in batch.Tasks.Index())
            {
                foreach (var order in orders.Orders)
                    _open[order.Trial.Id] = new PlacedTrial(folder, batch, task, order);
            }
        }
    }

    /// <summary>Takes what nodes have written.</summary>
    private (bool HasNews, bool IsRevoked) Collect(List<ReturnedTrial> returned)
    {
        var (hasNews, isRevoked) = (false, false);
        foreach (var batch in _open.Values.GroupBy(one => one.Folder).ToArray())
        {
            var files = NamesOf(batch.Key);
            isRevoked |= files.IsRevoked;
            foreach (var trial in batch)
            {
                if (files.RunningAttempt(trial.Id) is { } running && !_started.Contains(trial.Id) && BatchFolder.TryRead(batch.Key.Running(trial.Id, running), SlurmJson.Indented.NodeStart) is { } start)
                    hasNews |= Started(trial, start.Machine);
                if (files.ResultAttempt(trial.Id) is not { } attempt || BatchFolder.TryRead(batch.Key.Result(trial.Id, attempt), SlurmJson.Indented.NodeResult) is not { } result)
                    continue;
                Started(trial, result.Machine);
                returned.Add(Taken(trial, attempt, result));
                hasNews |= _open.Remove(trial.Id);
            }
        }

        return (hasNews, isRevoked);
    }

    private bool Started(PlacedTrial trial, MachineFingerprint machine)
    {
        if (!_started.Add(trial.Id))
            return false;
        options.Started(trial.Order.Trial, machine);
        return true;
    }

    private ReturnedTrial Taken(PlacedTrial trial, int attempt, NodeResult node)
    {
        var folder = options.Folder.Trial(trial.Id);
        var result = Adoption.Move(trial.Folder.Work(trial.Task, attempt).Trial(trial.Id), folder, node.Result);
        foreach (var part in Adoption.EventsOf(folder))
            options.Progress(trial.Order.Trial, part);
        return new ReturnedTrial(result, node.Machine);
    }

    /// <summary>Gives up jobs that are over and left trials without a result, once the folder must have shown one. What is nobody's fault is submitted again.</summary>
    private List<ReturnedTrial> FindLost(out List<string> held)
    {
        var returned = new List<ReturnedTrial>();
        held = [];
        if (!_watch.IsAnswering)
            return returned;
        foreach (var job in _open.Values.GroupBy(one => (one.Folder, one.Task)).ToArray())
        {
            var entry = _watch.Of(job.First().Batch.JobName, job.Key.Task);
            if (entry is { IsOver: false })
                _over.Remove(job.Key);
            else if (!_over.TryGetValue(job.Key, out var since))
                _over[job.Key] = (options.Time.GetUtcNow(), _watch.Answers);
            else if (IsPatienceOver(since, entry, NamesOf(job.Key.Folder).HasEnded(job.Key.Task)))
            {
                GiveUp([.. job], entry, returned);
                if (entry is { IsHeldAfterLaunch: true } && File.Exists(job.Key.Folder.JobId)) // or it waits for ever
                    held.Add(string.Create(CultureInfo.InvariantCulture, $"{File.ReadAllText(job.Key.Folder.JobId)}_{job.Key.Task}"));
            }
        }

        return returned;
    }

    private bool IsPatienceOver((DateTimeOffset At, int Answers) since, QueueEntry? entry, bool hasEnded)
    {
        var patience = hasEnded && AfterEnd < options.Latency ? AfterEnd : options.Latency;
        return options.Time.GetUtcNow() - since.At >= patience && (entry is not null || _watch.Answers > since.Answers); // one that is not known is asked for twice
    }

    private void GiveUp(IReadOnlyList<PlacedTrial> job, QueueEntry? entry, List<ReturnedTrial> returned)
    {
        var (folder, task) = (job[0].Folder, job[0].Task);
        var evidence = EvidenceOf(job[0], entry);
        var cause = LostCause.Of(evidence);
        TryWrite(folder.Lost(task), new LostTask(cause.Rule.Code, cause.Message));
        var files = NamesOf(folder); // what came in the last moment counts
        PlacedTrial[] left = [.. job.Where(trial => files.ResultAttempt(trial.Id) is null)];
        var begun = left.Where(trial => files.RunningAttempt(trial.Id) is not null).Select(trial => trial.Id).ToHashSet(StringComparer.Ordinal);
        var isWholeJob = begun.Count == 0 && !job.Any(trial => files.RunningAttempt(trial.Id) is not null);
        var again = new List<SlurmOrder>();
        foreach (var trial in left)
        {
            _open.Remove(trial.Id);
            var isVictim = isWholeJob || begun.Contains(trial.Id) || cause is { Status: TrialStatus.Failed, RunsAgain: false };
            if (evidence.End is { Status: 0, Stage: "runner" } && !isWholeJob)
                again.Add(trial.Order); // the job's time was too short for all
            else if (!isVictim)
                again.Add(trial.Order);
            else if (cause.RunsAgain && trial.Order.Try < MostTries)
                again.Add(trial.Order with { Try = trial.Order.Try + 1 });
            else
                returned.Add(Failed(trial, files.RunningAttempt(trial.Id), cause));
        }

        _submitter.Add(again);
    }

    private LostEvidence EvidenceOf(PlacedTrial trial, QueueEntry? entry)
    {
        var (folder, task) = (trial.Folder, trial.Task);
        var attempt = NamesOf(folder).AttemptOf(task);
        return new LostEvidence
        {
            Job = string.Create(CultureInfo.InvariantCulture, $"job {(File.Exists(folder.JobId) ? File.ReadAllText(folder.JobId) : trial.Batch.JobName)}_{task}"),
            Entry = entry,
            Start = attempt is { } started ? BatchFolder.TryRead(folder.Start(task, started), SlurmJson.Indented.JobStart) : null,
            End = attempt is { } ended ? BatchFolder.TryRead(folder.End(task, ended), SlurmJson.Indented.JobEnd) : null,
            Log = LogOfAttempt.Read(folder.Log(task)),
            LogFile = folder.Log(task),
            Setup = options.Definition.Executor.SlurmSettings.Setup,
        };
    }

    private ReturnedTrial Failed(PlacedTrial trial, int? attempt, LostCause cause)
    {
        var start = attempt is { } known ? BatchFolder.TryRead(trial.Folder.Running(trial.Id, known), SlurmJson.Indented.NodeStart) : null;
        var now = options.Time.GetUtcNow();
        var tries = trial.Order.Try > 1 ? string.Create(CultureInfo.InvariantCulture, $", at its try {trial.Order.Try} of {MostTries}") : "";
        var order = trial.Order.Trial;
        return new ReturnedTrial(
            new TrialResult
            {
                TrialId = order.Id,
                Configuration = order.Configuration,
                Repeat = order.Repeat,
                Purpose = order.Purpose,
                Machine = start?.Machine.Id,
                Node = start?.Node,
                Status = cause.Status,
                StartedAt = start?.At ?? now,
                DurationSeconds = start is null ? 0 : Math.Max(0, (now - start.At).TotalSeconds),
                Metrics = new Dictionary<string, double>(),
                Diagnostics = [cause.Rule.Error(cause.Message + tries, options.Definition.PositionOf("executor.slurm"))],
            }.Foreseen(trial.Order.Forecast),
            start?.Machine);
    }

    /// <summary>The names of a batch's files; none while its folder cannot be read.</summary>
    private static BatchFiles NamesOf(BatchFolder folder)
    {
        try
        {
            return folder.ReadNames();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return BatchFiles.Of([]);
        }
    }

    private static void TryWrite(string path, LostTask lost)
    {
        try
        {
            BatchFolder.Write(path, lost, SlurmJson.Indented.LostTask);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the folder is gone: jobs that turn up find it gone too, and end
        }
    }
}
