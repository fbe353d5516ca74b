using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Engine.Execution;
using Experiments.Slurm.Batches;
using Polly;
using Polly.Retry;

namespace Experiments.Slurm;

/// <summary>
/// One attempt of one job, on its node: runs its trials one after the other, and writes down what each comes to. It ends, with the trial that runs, when the batch is called back, the launcher has given the job up, or a
/// later attempt has started: two attempts never write one trial's result.
/// </summary>
/// <param name="folder">The batch.</param>
/// <param name="task">The job's index in it.</param>
/// <param name="attempt">How often Slurm has started the job before.</param>
/// <param name="here">The node.</param>
internal sealed class NodeTask(BatchFolder folder, int task, int attempt, NodeStart here)
{
    private static readonly TimeSpan FenceInterval = TimeSpan.FromSeconds(2);

    private static readonly ResiliencePipeline Writing = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<IOException>().Handle<UnauthorizedAccessException>(),
            BackoffType = DelayBackoffType.Exponential, Delay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(20), MaxRetryAttempts = 5,
        }).Build();

    /// <summary>Runs the trials that have no result.</summary>
    /// <param name="batch">What was submitted.</param>
    /// <param name="limits">The definition's limits.</param>
    /// <param name="run">Runs one.</param>
    /// <param name="warnings">What each result says besides.</param>
    /// <param name="cancellationToken">Slurm asks the job to end: the trial that runs has no result.</param>
    public async Task RunAsync(
        SlurmBatch batch, Limits limits, Func<TrialOrder, CancellationToken, Task<TrialResult>> run, IReadOnlyList<Diagnostic> warnings, CancellationToken cancellationToken)
    {
        var began = BatchFolder.TryRead(folder.Start(task, attempt), SlurmJson.Indented.JobStart)?.At ?? here.At;
        var end = began.AddSeconds(batch.TimeSeconds);
        var isFirst = true;
        foreach (var order in batch.Tasks[task].Orders)
        {
            if (cancellationToken.IsCancellationRequested || IsFenced() || (!isFirst && DateTimeOffset.UtcNow + SlurmAllocation.TrialTime(limits) > end))
                return;
            if (folder.ReadNames().ResultAttempt(order.Trial.Id) is not null)
                continue; // an earlier attempt came so far
            isFirst = false;
            await WriteAsync(folder.Running(order.Trial.Id, attempt), here with { At = DateTimeOffset.UtcNow }, SlurmJson.Indented.NodeStart).ConfigureAwait(false);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var fence = new Timer(_ => StopWhenFenced(stop), null, FenceInterval, FenceInterval);
            var result = await run(order.ToTrialOrder(), stop.Token).ConfigureAwait(false);
            if (stop.IsCancellationRequested || IsFenced())
                return;
            var told = result with { Machine = here.Machine.Id, Node = here.Node, Diagnostics = [.. result.Diagnostics, .. warnings] };
            await WriteAsync(folder.Result(order.Trial.Id, attempt), new NodeResult(told, here.Machine), SlurmJson.Indented.NodeResult).ConfigureAwait(false);
        }
    }

    private void StopWhenFenced(CancellationTokenSource stop)
    {
        try
        {
            if (IsFenced())
                stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the trial has just ended
        }
    }

    private bool IsFenced()
    {
        try
        {
            var files = folder.ReadNames();
            return files.IsRevoked || files.IsLost(task) || files.AttemptOf(task) > attempt;
        }
        catch (DirectoryNotFoundException)
        {
            return true; // the sweep is gone
        }
        catch (IOException)
        {
            return false; // the share is away for a moment
        }
    }

    private static async Task WriteAsync<T>(string path, T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        await Writing.ExecuteAsync(_ =>
        {
            BatchFolder.Write(path, value, type);
            return default;
        }).ConfigureAwait(false);
}
