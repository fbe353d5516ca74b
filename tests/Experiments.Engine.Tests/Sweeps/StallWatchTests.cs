using Experiments.Engine.Execution;
using Experiments.Processes.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Engine.Tests.Sweeps;

public sealed class StallWatchTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestFolder _folder = new();

    [Fact]
    public void Silence_counts_from_the_last_event()
    {
        var watch = new StallWatch(TimeSpan.FromSeconds(10), null, _time);

        Assert.False(After(watch, 9, hasTold: false));
        Assert.False(After(watch, 1, hasTold: true));
        Assert.False(After(watch, 9, hasTold: false));
        Assert.True(After(watch, 1, hasTold: false));
        Assert.Equal(TimeSpan.FromSeconds(10), watch.Quiet);
    }

    [Fact]
    public void Output_counts_where_the_metrics_are_in_it()
    {
        var output = _folder.File("stdout.log");
        var watch = new StallWatch(TimeSpan.FromSeconds(10), output, _time);

        Assert.False(After(watch, 9, hasTold: false));
        File.WriteAllText(output, "epoch 1");
        Assert.False(After(watch, 9, hasTold: false));
        Assert.True(After(watch, 10, hasTold: false));
    }

    [Fact]
    public void Time_in_which_the_trial_was_stopped_does_not_count()
    {
        var frozen = TimeSpan.FromSeconds(100);
        var watch = new StallWatch(TimeSpan.FromSeconds(10), null, _time);
        watch.Watch(() => frozen);

        frozen += TimeSpan.FromSeconds(50);
        Assert.False(After(watch, 59, hasTold: false));
        Assert.False(After(watch, 1, hasTold: true));
        frozen += TimeSpan.FromSeconds(5);
        Assert.False(After(watch, 14, hasTold: false));
        Assert.True(After(watch, 1, hasTold: false));
        Assert.Equal(TimeSpan.FromSeconds(10), watch.Quiet);
    }

    [Fact]
    public void Without_a_limit_nothing_is_too_long() => Assert.False(After(new StallWatch(null, null, _time), 1_000_000, hasTold: false));

    public void Dispose() => _folder.Dispose();

    private bool After(StallWatch watch, int seconds, bool hasTold)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        watch.Look(hasTold);
        return watch.Stalled.IsCompleted;
    }
}
