using Experiments.Engine.Telemetry.Gpu;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Engine.Tests.Telemetry.Gpu;

public sealed class GpuTurnsTests : IDisposable
{
    private const long Mebibyte = 1024 * 1024;

    private readonly FakeTimeProvider _time = new();
    private readonly Reader _gpus = new();

    public void Dispose() => _gpus.Dispose();

    [Fact]
    public async Task A_trial_begins_when_the_driver_has_given_back_what_the_last_one_held()
    {
        var turns = await AfterOneTrialAsync(500, 8500);

        var next = turns.TakeAsync(null, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(next.IsCompleted);
        _gpus.UsedMegabytes = 510;

        using var turn = await AsTimeGoesByAsync(next);
        Assert.Null(turn.KeptBytes);
    }

    [Fact]
    public async Task What_is_never_given_back_is_said_once_and_waited_for_no_longer()
    {
        var turns = await AfterOneTrialAsync(500, 3500);

        var next = turns.TakeAsync(null, TestContext.Current.CancellationToken);
        var began = _time.GetUtcNow();
        using (var turn = await AsTimeGoesByAsync(next))
            Assert.Equal(3000 * Mebibyte, turn.KeptBytes);
        Assert.True(_time.GetUtcNow() - began >= GpuTurns.Patience);
        using var third = await turns.TakeAsync(null, TestContext.Current.CancellationToken); // it is somebody else's
        Assert.Null(third.KeptBytes);
    }

    [Fact]
    public async Task Trials_beside_each_other_and_on_other_devices_do_not_wait()
    {
        var turns = new GpuTurns(_gpus, _time);
        using var one = await turns.TakeAsync(null, TestContext.Current.CancellationToken);
        _gpus.UsedMegabytes = 9000;
        using var beside = await turns.TakeAsync(null, TestContext.Current.CancellationToken);
        Assert.Null(beside.KeptBytes);

        var elsewhere = await AfterOneTrialAsync(500, 9000);
        using var cpu = await elsewhere.TakeAsync("", TestContext.Current.CancellationToken);
        Assert.Null(cpu.KeptBytes);
    }

    [Fact]
    public async Task Who_cancels_does_not_wait()
    {
        var turns = await AfterOneTrialAsync(500, 3500);
        using var cancellation = new CancellationTokenSource();
        var next = turns.TakeAsync(null, cancellation.Token);

        await cancellation.CancelAsync();

        using var turn = await next;
        Assert.NotNull(turn.KeptBytes);
    }

    private async Task<GpuTurns.Turn> AsTimeGoesByAsync(Task<GpuTurns.Turn> next)
    {
        while (!next.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken); // who waits for the clock looks at it again
        }

        return await next;
    }

    private async Task<GpuTurns> AfterOneTrialAsync(long before, long after)
    {
        var turns = new GpuTurns(_gpus, _time);
        _gpus.UsedMegabytes = before;
        using (await turns.TakeAsync(null, TestContext.Current.CancellationToken))
            _gpus.UsedMegabytes = after;
        return turns;
    }

    private sealed class Reader : IGpuReader
    {
        public long UsedMegabytes { get; set; }

        public string Method => "fake";

        public IReadOnlyList<GpuDevice> Devices { get; } = [new GpuDevice(0, "GPU-fake-0", 1)];

        public TimeSpan Interval => TimeSpan.FromSeconds(1);

        public IReadOnlyDictionary<int, GpuReading> Read(IReadOnlyList<GpuDevice> devices) =>
            devices.ToDictionary(device => device.Index, _ => new GpuReading { UsedBytes = UsedMegabytes * Mebibyte });

        public void Dispose()
        {
        }
    }
}
