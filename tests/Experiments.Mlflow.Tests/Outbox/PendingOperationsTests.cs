using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Outbox;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Mlflow.Tests.Outbox;

public sealed class PendingOperationsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Points_of_one_run_grow_to_full_batches()
    {
        var pending = new PendingOperations(batchPoints: 1000, maxPoints: 100_000, _time);
        for (var i = 0; i < 2500; i++)
        {
            pending.Log(i % 2 == 0 ? "a" : "b", Point(i));
        }

        var taken = pending.TakeAll();

        Assert.Equal([("a", 1000), ("b", 1000), ("a", 250), ("b", 250)], taken.Select(operation => (operation.RunKey, operation.Metrics!.Count)));
        Assert.Equal((0, 0, TimeSpan.Zero), pending.Size);
    }

    [Fact]
    public void What_is_logged_after_the_end_of_a_run_does_not_overtake_it()
    {
        var pending = new PendingOperations(1000, 100_000, _time);

        pending.Log("a", Point(1));
        pending.Add(new Operation { Kind = OperationKind.EndRun, RunKey = "a" });
        pending.Log("a", Point(2));

        Assert.Equal([OperationKind.Log, OperationKind.EndRun, OperationKind.Log], pending.TakeAll().Select(operation => operation.Kind));
    }

    [Fact]
    public void The_age_is_that_of_the_oldest()
    {
        var pending = new PendingOperations(1000, 100_000, _time);

        pending.Log("a", Point(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        pending.Log("a", Point(2));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((1, 2, TimeSpan.FromSeconds(2)), pending.Size);
    }

    [Fact]
    public void What_does_not_fit_into_memory_is_dropped_and_counted()
    {
        var pending = new PendingOperations(1000, maxPoints: 3, _time);

        Assert.Equal(1, pending.Log("a", Point(1)));
        Assert.Equal(-1, pending.Log("a", new RunBatch { Metrics = [.. Enumerable.Range(0, 3).Select(i => new MetricPoint("m", i, i))] }));

        Assert.Equal(3, pending.DroppedPoints);
        Assert.Equal(1, pending.Size.Points);
    }

    [Fact]
    public void What_could_not_be_written_comes_before_what_came_since()
    {
        var pending = new PendingOperations(1000, 100_000, _time);
        pending.Log("a", Point(1));
        var taken = pending.TakeAll();
        pending.Log("a", Point(2));

        pending.PutBack(taken);

        Assert.Equal([1d, 2d], pending.TakeAll().SelectMany(operation => operation.Metrics!).Select(point => point.Value));
    }

    private static RunBatch Point(int i) => new() { Metrics = [new MetricPoint("m", i, i, i)] };
}
