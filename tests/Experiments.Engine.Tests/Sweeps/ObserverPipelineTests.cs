using Experiments.Core.Events;
using Experiments.Core.Matrix;
using Experiments.Core.Plans;
using Experiments.Core.Results;
using Experiments.Engine.Sweeps;
using Experiments.Processes.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Engine.Tests.Sweeps;

public class ObserverPipelineTests
{
    private static readonly PlannedTrial Trial =
        new(new Configuration { Id = "000000000001", Values = new Dictionary<string, AxisValue>() }, 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_observer_throws_is_listed_once_and_the_others_hear_all()
    {
        var quiet = new FakeObserver("quiet", _ => Task.CompletedTask);
        var faulty = new FakeObserver("mlflow", _ => throw new InvalidOperationException("server is down"));
        await using var pipeline = new ObserverPipeline([faulty, quiet]);

        pipeline.TrialStarted(Trial);
        pipeline.TrialStarted(Trial);
        await pipeline.DrainAsync(Token);

        Assert.Equal(2, quiet.Calls);
        Assert.Equal("experiments: warning EXP4002: mlflow: server is down (2 times)", Assert.Single(pipeline.Failures).ToString());
    }

    [Fact]
    public async Task An_observer_whose_own_calls_time_out_is_called_again()
    {
        var calls = 0;
        var unlucky = new FakeObserver("mlflow", _ => ++calls == 1 ? throw new TimeoutException("the server took too long") : Task.CompletedTask);
        await using var pipeline = new ObserverPipeline([unlucky]);

        pipeline.TrialStarted(Trial);
        pipeline.TrialStarted(Trial);
        await pipeline.DrainAsync(Token);

        Assert.Equal(2, unlucky.Calls);
        Assert.Equal("experiments: warning EXP4002: mlflow: the server took too long", Assert.Single(pipeline.Failures).ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_observer_that_hangs_is_given_up_and_delays_nobody(bool blocks)
    {
        var time = new FakeTimeProvider();
        using var never = new ManualResetEventSlim();
        var quiet = new FakeObserver("quiet", _ => Task.CompletedTask);
        var hanging = new FakeObserver("slow", _ =>
        {
            if (blocks)
                never.Wait(Token);
            return new TaskCompletionSource().Task;
        });
        await using var pipeline = new ObserverPipeline([hanging, quiet], new ObserverPipelineOptions { Time = time });

        pipeline.TrialStarted(Trial);
        pipeline.TrialStarted(Trial);
        await ProcessRun.UntilAsync(() => quiet.Calls == 2 && hanging.Calls == 1);
        await ProcessRun.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(61));
            return pipeline.Failures.Count == 1;
        });
        await pipeline.DrainAsync(Token);
        never.Set();

        Assert.Equal(1, hanging.Calls);
        Assert.Contains("slow: a call took longer than 60 s; it gets no further calls", pipeline.Failures[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_dropped_when_an_observer_is_far_behind_and_results_are_not()
    {
        var gate = new TaskCompletionSource();
        var slow = new FakeObserver("slow", _ => gate.Task);
        await using var pipeline = new ObserverPipeline([slow], new ObserverPipelineOptions { Capacity = 5 });

        pipeline.TrialStarted(Trial);
        for (var update = 0; update < 100; update++)
            pipeline.TrialProgress(Trial, [new MetricEvent("loss", 1, 1, null)]);
        pipeline.TrialStarted(Trial);
        gate.SetResult();
        await pipeline.DrainAsync(Token);

        Assert.InRange(slow.Calls, 2, 8);
        Assert.Equal("trial", slow.Last);
        Assert.Contains("progress updates were dropped", Assert.Single(pipeline.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_does_not_wait_is_not_held()
    {
        var hanging = new FakeObserver("slow", _ => new TaskCompletionSource().Task);
        await using var pipeline = new ObserverPipeline([hanging]);
        using var impatient = new CancellationTokenSource();
        pipeline.TrialStarted(Trial);
        await impatient.CancelAsync();

        await pipeline.DrainAsync(impatient.Token);

        Assert.Contains("did not want to wait", Assert.Single(pipeline.Failures).Message, StringComparison.Ordinal);
    }

    private sealed class FakeObserver(string name, Func<CancellationToken, Task> call) : ISweepObserver
    {
        private int _calls;

        internal int Calls => _calls;

        internal string Last { get; private set; } = "";

        public string Name => name;

        public ValueTask SweepStartedAsync(SweepStart sweep, CancellationToken cancellationToken) => Call("sweep", cancellationToken);

        public ValueTask TrialStartedAsync(PlannedTrial trial, CancellationToken cancellationToken) => Call("trial", cancellationToken);

        public ValueTask TrialProgressAsync(PlannedTrial trial, IReadOnlyList<TrialEvent> events, CancellationToken cancellationToken) =>
            Call("progress", cancellationToken);

        public ValueTask TrialFinishedAsync(TrialResult result, CancellationToken cancellationToken) => Call("result", cancellationToken);

        public ValueTask SweepFinishedAsync(SweepReport report, CancellationToken cancellationToken) => Call("report", cancellationToken);

        private ValueTask Call(string what, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _calls);
            Last = what;
            return new ValueTask(call(cancellationToken));
        }
    }
}
