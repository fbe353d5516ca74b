using System.Globalization;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Engine;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Cluster;
using Polly;
using Polly.Retry;

namespace Experiments.Slurm;

/// <summary>
/// Submits jobs as arrays. Arrays are as large as the site takes them; what it takes only later waits. A batch is on the disk before it is submitted, and one of which nobody knows whether it was taken is called
/// back: should its jobs start after all, they do nothing.
/// </summary>
/// <param name="options">What all trials share.</param>
/// <param name="client">Asks Slurm.</param>
internal sealed class Submitter(SlurmExecutorOptions options, SlurmClient client)
{
    private const int MostRetries = 5;

    private readonly SlurmFolder _folder = new(options.Folder);
    private readonly List<SlurmTask> _waiting = [];
    private readonly PollPace _pace = new(TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(1));
    private readonly ResiliencePipeline<Submission> _pipeline = new ResiliencePipelineBuilder<Submission> { TimeProvider = options.Time }
        .AddRetry(new RetryStrategyOptions<Submission>
        {
            ShouldHandle = new PredicateBuilder<Submission>().HandleResult(one => one.Reply.Outcome == SubmitOutcome.Unclear),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(2),
            MaxDelay = TimeSpan.FromSeconds(30),
            MaxRetryAttempts = MostRetries,
            OnRetry = retry =>
            {
                if (retry.AttemptNumber == 0)
                    options.Note(SlurmDiagnostics.Unreachable.Warning($"sbatch: {retry.Outcome.Result?.Reply.Text}; it is tried again"));
                return default;
            },
        }).Build();

    private int? _mostTasks;
    private bool? _isExclusive;
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>The trials that Slurm has not taken yet.</summary>
    public IEnumerable<SlurmOrder> Waiting => _waiting.SelectMany(task => task.Orders);

    /// <summary>Adds trials to those that wait to be submitted.</summary>
    /// <param name="orders">The trials.</param>
    public void Add(IReadOnlyList<SlurmOrder> orders)
    {
        if (orders.Count == 0)
            return;
        _waiting.AddRange(Blocks.Of(orders, options.Definition.Executor.SlurmSettings.Pack, options.Seed));
        _next = DateTimeOffset.MinValue;
    }

    /// <summary>Submits what waits, as far as Slurm takes it now.</summary>
    /// <param name="isAlone">Whether nothing of the sweep is on Slurm: then a limit of the site that takes not even one job is never going to take it.</param>
    /// <param name="cancellationToken">Ends the submitting.</param>
    /// <returns>The batches that were taken.</returns>
    /// <exception cref="DiagnosticException">EXP3309: Slurm takes none that are asked for so. EXP3310: it does not answer, and nothing is submitted.</exception>
    public async Task<IReadOnlyList<(BatchFolder Folder, SlurmBatch Batch)>> SubmitAsync(bool isAlone, CancellationToken cancellationToken)
    {
        var taken = new List<(BatchFolder Folder, SlurmBatch Batch)>();
        if (_waiting.Count == 0 || options.Time.GetUtcNow() < _next)
            return taken;
        var most = await MostTasksAsync(cancellationToken).ConfigureAwait(false);
        while (_waiting.Count > 0)
        {
            var tasks = _waiting.Take(most).ToArray();
            var submission = await _pipeline.ExecuteAsync(async token => await SubmitAsync(tasks, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            switch (submission.Reply.Outcome)
            {
                case SubmitOutcome.Accepted:
                    _waiting.RemoveRange(0, tasks.Length);
                    taken.Add((submission.Folder, submission.Batch));
                    break;
                case SubmitOutcome.TooMany when tasks.Length > 1:
                    most = tasks.Length / 2;
                    break;
                case SubmitOutcome.Refused:
                case SubmitOutcome.TooMany when isAlone && taken.Count == 0:
                    throw new DiagnosticException(SlurmDiagnostics.Refused.Error($"sbatch: {submission.Reply.Text}", options.Definition.PositionOf("executor.slurm")));
                case SubmitOutcome.Unclear when isAlone && taken.Count == 0:
                    throw new DiagnosticException(SlurmDiagnostics.Unreachable.Error($"sbatch: {submission.Reply.Text}; nothing is submitted"));
                default: // later
                    _pace.Look(taken.Count > 0);
                    _next = options.Time.GetUtcNow() + _pace.Current;
                    return taken;
            }
        }

        return taken;
    }

    private async Task<Submission> SubmitAsync(SlurmTask[] tasks, CancellationToken cancellationToken)
    {
        var (definition, settings) = (options.Definition, options.Definition.Executor.SlurmSettings);
        var isExclusive = await IsExclusiveAsync(settings, cancellationToken).ConfigureAwait(false);
        var folder = _folder.Create(out var jobName);
        var batch = new SlurmBatch
        {
            JobName = jobName,
            DefinitionFile = definition.File,
            WorkingFolder = Environment.CurrentDirectory,
            DatasetFolders = options.DatasetFolders,
            MemoryLimitBytes = options.MemoryLimitBytes,
            TimeSeconds = SlurmAllocation.TimeOf(definition).TotalSeconds,
            At = options.Time.GetUtcNow(),
            Tasks = tasks,
        };
        await File.WriteAllTextAsync(folder.Script, BatchScript.Of(new BatchRequest
        {
            Folder = folder,
            JobName = jobName,
            Tasks = tasks.Length,
            Settings = settings,
            IsExclusive = isExclusive,
            MemoryBytes = SlurmAllocation.MemoryOf(definition),
            Time = SlurmAllocation.TimeOf(definition),
            WorkingFolder = batch.WorkingFolder,
            Runner = options.Runner,
        }), cancellationToken).ConfigureAwait(false);
        BatchFolder.Write(folder.Batch, batch, SlurmJson.Indented.SlurmBatch); // last: from now on it may be on Slurm
        var reply = SubmitReply.Of(await client.AskAsync("sbatch", ["--parsable", folder.Script], cancellationToken).ConfigureAwait(false));
        if (reply.Outcome == SubmitOutcome.Unclear && await IsKnownAsync(jobName, cancellationToken).ConfigureAwait(false))
            reply = new SubmitReply(SubmitOutcome.Accepted, "");
        if (reply is { Outcome: SubmitOutcome.Accepted, Text.Length: > 0 })
            Engine.Journal.AtomicFile.WriteAllText(folder.JobId, reply.Text, flush: true);
        else if (reply.Outcome == SubmitOutcome.Unclear)
            Engine.Journal.AtomicFile.WriteAllText(folder.Revoked, "not known to be taken", flush: true);
        else if (reply.Outcome is SubmitOutcome.Refused or SubmitOutcome.TooMany)
            Directory.Delete(folder.Path, recursive: true);
        return new Submission(folder, batch, reply);
    }

    /// <summary>Whether jobs of a name are on Slurm; false too where it does not say.</summary>
    private async Task<bool> IsKnownAsync(string jobName, CancellationToken cancellationToken)
    {
        var answer = await JobWatch.AskAsync(client, [jobName], cancellationToken).ConfigureAwait(false);
        return answer.IsGood && QueueEntry.Parse(answer.Output).Any(entry => entry.Name == jobName);
    }

    private async Task<int> MostTasksAsync(CancellationToken cancellationToken)
    {
        if (_mostTasks is { } known)
            return known;
        var answer = await client.AskAsync("scontrol", ["show", "config"], cancellationToken).ConfigureAwait(false);
        if (!answer.IsGood)
            return ClusterConfiguration.Parse("").MaxArraySize;
        return (_mostTasks = ClusterConfiguration.Parse(answer.Output).MaxArraySize).Value;
    }

    /// <summary>As the definition says; else where the partition does not force jobs to share nodes.</summary>
    private async Task<bool> IsExclusiveAsync(SlurmSettings settings, CancellationToken cancellationToken)
    {
        if ((settings.Exclusive ?? _isExclusive) is { } known)
            return known;
        string[] which = settings.Partition is { } partition ? [$"--partition={partition}"] : [];
        var answer = await client.AskAsync("sinfo", ["--noheader", "--format=%P|%h", .. which], cancellationToken).ConfigureAwait(false);
        var lines = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => settings.Partition is not null || line.Contains("*|", StringComparison.Ordinal));
        var isForced = lines.Any(line => line.Contains("|FORCE", StringComparison.Ordinal));
        if (isForced)
            options.Note(SlurmDiagnostics.OtherJobs.Warning(string.Create(CultureInfo.InvariantCulture, $"the partition shares its nodes (OverSubscribe=FORCE): jobs are not exclusive")));
        return answer.IsGood ? (_isExclusive = !isForced).Value : !isForced;
    }

    private sealed record Submission(BatchFolder Folder, SlurmBatch Batch, SubmitReply Reply);
}
