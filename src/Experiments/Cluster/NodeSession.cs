using System.Globalization;
using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Results;
using Experiments.Definitions;
using Experiments.Engine;
using Experiments.Engine.Execution;
using Experiments.Engine.Machines;
using Experiments.Engine.Sweeps;
using Experiments.Preparing;
using Experiments.PyTorch.Running;
using Experiments.Slurm;
using Experiments.Slurm.Batches;
using Experiments.Slurm.Cluster;

namespace Experiments.Cluster;

/// <summary>What a job does on its node: its trials run as they would locally, with the same limits, telemetry, probe and diagnosis.</summary>
internal sealed class NodeSession
{
    private static readonly TimeSpan SlurmPatience = TimeSpan.FromSeconds(5);

    private readonly BatchFolder _folder;
    private readonly SlurmBatch _batch;
    private readonly (int Task, int Attempt) _place;

    /// <summary>Reads what is to be done.</summary>
    /// <param name="folder">The batch's folder.</param>
    /// <param name="task">The job's index in it.</param>
    /// <param name="attempt">How often Slurm has started the job before.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public NodeSession(string folder, int task, int attempt)
    {
        _folder = new BatchFolder(Path.GetFullPath(folder));
        _batch = _folder.ReadBatch();
        _place = (task, attempt);
    }

    /// <summary>Runs the job's trials.</summary>
    /// <param name="notes">Takes what is missing on the node; it stands in the job's log.</param>
    /// <param name="cancellationToken">Slurm asks the job to end.</param>
    public async Task RunAsync(TextWriter notes, CancellationToken cancellationToken)
    {
        var (task, attempt) = _place;
        var here = new NodeStart { Node = Environment.GetEnvironmentVariable("SLURMD_NODENAME") ?? Environment.MachineName, Machine = MachineReader.Read(), At = DateTimeOffset.UtcNow };
        var work = new NodeTask(_folder, task, attempt, here);
        var definition = Definition();
        LocalExecutor? executor = null;
        try
        {
            Func<TrialOrder, CancellationToken, Task<TrialResult>> run;
            try
            {
                executor = await ReadyAsync(definition, here, notes, cancellationToken).ConfigureAwait(false);
                run = executor.RunAsync;
            }
            catch (DiagnosticException problem)
            {
                notes.WriteLine(problem.Diagnostic);
                run = (order, _) => Task.FromResult(Failed(order, here, problem.Diagnostic));
            }

            await work.RunAsync(_batch, definition.Limits, run, await WarningsAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            executor?.Dispose();
        }
    }

    /// <summary>The definition as it was when the sweep began: the file may have changed while the job waited.</summary>
    private ExperimentDefinition Definition()
    {
        var copy = _folder.Sweep.File(SweepManifest.DefinitionCopy(_batch.DefinitionFile));
        var reading = File.Exists(copy) ? DefinitionReader.ReadCopy(copy, _batch.DefinitionFile) : DefinitionReader.Read(_batch.DefinitionFile);
        return reading.Definition ?? throw new DiagnosticException(reading.Diagnostics.First(one => one.Severity == DiagnosticSeverity.Error));
    }

    private async Task<LocalExecutor> ReadyAsync(ExperimentDefinition definition, NodeStart here, TextWriter notes, CancellationToken cancellationToken)
    {
        var host = await TrainingHost.ReadyAsync(definition, notes, cancellationToken).ConfigureAwait(false);
        var python = await PythonCheck.RunAsync(definition, cancellationToken).ConfigureAwait(false);
        var folder = _folder.Work(_place.Task, _place.Attempt);
        var options = new LocalExecutorOptions
        {
            Definition = definition,
            Trainer = TaskTrainers.Of(host, python).FirstOrDefault(one => one.Runs(definition.Train)) ?? throw new DiagnosticException(EnvironmentDiagnostics.NoTrainer.Error(
                $"nothing here runs a {definition.Train.GetType().Name}", definition.PositionOf("train"))),
            Explainer = new TrialExplainer(python),
            Folder = folder,
            DatasetFolders = _batch.DatasetFolders,
            UsableCores = here.Machine.Cores,
            MemoryLimitBytes = MemoryLimit(definition.Limits),
        };
        return new LocalExecutor(options, SweepId.CreateRun(folder.SweepId), notes.WriteLine);
    }

    /// <summary>The sweep's; else a share of what the job, or the node, has.</summary>
    private long? MemoryLimit(Limits limits)
    {
        if (_batch.MemoryLimitBytes is { } bytes)
            return bytes;
        var node = LocalExecutor.MemoryLimitOf(limits);
        if (!long.TryParse(Environment.GetEnvironmentVariable("SLURM_MEM_PER_NODE"), NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) || megabytes == 0)
            return node;
        var job = SlurmAllocation.TrialMemoryIn(megabytes << 20, limits);
        return node is { } known ? Math.Min(known, job) : job;
    }

    private async Task<IReadOnlyList<Diagnostic>> WarningsAsync(CancellationToken cancellationToken)
    {
        var warnings = new List<Diagnostic>();
        if (_place.Attempt > 0)
            warnings.Add(SlurmDiagnostics.Requeued.Warning(string.Create(CultureInfo.InvariantCulture, $"Slurm started its job {_place.Attempt + 1} times")));
        if (await OtherJobsAsync(cancellationToken).ConfigureAwait(false) is > 0 and var others)
            warnings.Add(SlurmDiagnostics.OtherJobs.Warning(others == 1 ? "1 other job ran on the node when this one started" : string.Create(CultureInfo.InvariantCulture, $"{others} other jobs ran on the node when this one started")));
        return warnings;
    }

    /// <summary>How many other jobs the node has; 0 too where Slurm does not say.</summary>
    private static async Task<int> OtherJobsAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("SLURMD_NODENAME") is not { } node)
            return 0;
        try
        {
            var answer = await new SlurmClient(SlurmPatience).AskAsync("squeue", ["--noheader", "--states=RUNNING", $"--nodelist={node}", "--format=%A"], cancellationToken).ConfigureAwait(false);
            return answer.IsGood ? answer.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Count(id => id != Environment.GetEnvironmentVariable("SLURM_JOB_ID")) : 0;
        }
        catch (DiagnosticException)
        {
            return 0; // Slurm's commands are not on this node
        }
    }

    private static TrialResult Failed(TrialOrder order, NodeStart here, Diagnostic problem) => new()
    {
        TrialId = order.Trial.Id,
        Configuration = order.Trial.Configuration,
        Repeat = order.Trial.Repeat,
        Purpose = order.Trial.Purpose,
        Status = TrialStatus.Failed,
        StartedAt = here.At,
        DurationSeconds = 0,
        Metrics = new Dictionary<string, double>(),
        Diagnostics = [problem],
    };
}
