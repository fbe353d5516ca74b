using Experiments.Core.Definitions;
using Experiments.Core.Diagnostics;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Execution;
using Experiments.Engine.Machines;
using Experiments.Slurm.Batches;

namespace Experiments.Slurm.Tests.Scripts;

/// <summary>What an attempt of a job writes, and when it writes nothing.</summary>
public sealed class NodeTaskTests : IDisposable
{
    private static readonly NodeStart Here = new() { Node = "n1", Machine = MachineReader.Read(), At = DateTimeOffset.UtcNow };

    private readonly BatchFolder _folder = new(Path.Combine(Directory.CreateTempSubdirectory("experiments-node-").FullName, "sweep", "slurm", "batch-0001"));

    private readonly SlurmBatch _batch = new()
    {
        JobName = "x", DefinitionFile = "x.yaml", WorkingFolder = "/", TimeSeconds = 3600, At = DateTimeOffset.UtcNow,
        Tasks = [new SlurmTask([.. Enumerable.Range(0, 3).Select(workers => new SlurmOrder { Trial = Trial(workers), Steps = 20 })])],
    };

    public NodeTaskTests() => Directory.CreateDirectory(_folder.Path);

    public void Dispose() => Directory.Delete(_folder.Sweep.Path, recursive: true);

    [Fact]
    public async Task Each_trial_is_marked_before_it_runs_and_has_a_result_with_the_node_after_it()
    {
        var marked = new List<bool>();

        await RunAsync(attempt: 0, order =>
        {
            marked.Add(File.Exists(_folder.Running(order.Trial.Id, 0)) && !File.Exists(_folder.Result(order.Trial.Id, 0)));
            return Task.CompletedTask;
        });

        Assert.Equal([true, true, true], marked);
        Assert.All(Ids, id => Assert.Equal(("n1", Here.Machine.Id), ResultOf(id, 0) is { } result ? (result.Result.Node, result.Result.Machine) : default));
    }

    [Theory]
    [InlineData("0.1.start")]
    [InlineData("0.lost")]
    [InlineData("revoked")]
    public async Task An_attempt_that_is_fenced_while_it_runs_ends_and_writes_nothing_more(string fence)
    {
        var began = 0;

        await RunAsync(attempt: 0, async order =>
        {
            if (++began == 2)
                await File.WriteAllTextAsync(Path.Combine(_folder.Path, fence), "", TestContext.Current.CancellationToken);
        });

        Assert.Equal(2, began);
        Assert.NotNull(ResultOf(Ids[0], 0));
        Assert.Null(ResultOf(Ids[1], 0));
    }

    [Fact]
    public async Task A_trial_that_hangs_is_ended_when_its_attempt_is_fenced()
    {
        var task = new NodeTask(_folder, 0, 0, Here);

        await task.RunAsync(_batch, new Limits(), async (order, cancelled) =>
        {
            await File.WriteAllTextAsync(_folder.Revoked, "", CancellationToken.None);
            await Task.Delay(Timeout.Infinite, cancelled).ContinueWith(_ => { }, TaskScheduler.Default);
            return Result(order);
        }, [], TestContext.Current.CancellationToken);

        Assert.Null(ResultOf(Ids[0], 0));
    }

    [Fact]
    public async Task A_later_attempt_runs_only_what_an_earlier_one_left()
    {
        var (first, second) = (new List<string>(), new List<string>());
        using var stop = new CancellationTokenSource();
        await RunAsync(attempt: 0, order =>
        {
            first.Add(order.Trial.Id);
            return first.Count == 2 ? stop.CancelAsync() : Task.CompletedTask;
        }, stop.Token);

        await RunAsync(attempt: 1, order =>
        {
            second.Add(order.Trial.Id);
            return Task.CompletedTask;
        });

        Assert.Equal(Ids[..2], first);
        Assert.Equal(Ids[1..], second);
        Assert.Equal([0, 1, 1], Ids.Select(id => _folder.ReadNames().ResultAttempt(id)));
    }

    [Fact]
    public async Task A_job_whose_time_is_too_short_for_a_further_trial_ends_but_always_runs_one()
    {
        var began = 0;

        await new NodeTask(_folder, 0, 0, Here).RunAsync(_batch with { TimeSeconds = 60 }, new Limits { Timeout = TimeSpan.FromMinutes(5) }, (order, _) =>
        {
            began++;
            return Task.FromResult(Result(order));
        }, [], TestContext.Current.CancellationToken);

        Assert.Equal(1, began);
    }

    private string[] Ids => [.. _batch.Tasks[0].Orders.Select(order => order.Trial.Id)];

    private NodeResult? ResultOf(string id, int attempt) => BatchFolder.TryRead(_folder.Result(id, attempt), SlurmJson.Indented.NodeResult);

    private Task RunAsync(int attempt, Func<TrialOrder, Task> during, CancellationToken? cancellationToken = null) => new NodeTask(_folder, 0, attempt, Here).RunAsync(
        _batch,
        new Limits(),
        async (order, _) =>
        {
            await during(order);
            return Result(order);
        },
        [],
        cancellationToken ?? TestContext.Current.CancellationToken);

    private static PlannedTrial Trial(int workers) => new(Configuration.Create(new Dictionary<string, AxisValue> { ["num_workers"] = AxisValue.Of((long)workers) }), 1);

    private static TrialResult Result(TrialOrder order) => new()
    {
        TrialId = order.Trial.Id, Configuration = order.Trial.Configuration, Repeat = 1, Status = TrialStatus.Completed, StartedAt = DateTimeOffset.UtcNow, DurationSeconds = 1, Metrics = new Dictionary<string, double>(),
        Diagnostics = Array.Empty<Diagnostic>(),
    };
}
