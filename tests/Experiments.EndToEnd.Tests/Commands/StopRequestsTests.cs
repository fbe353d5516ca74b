using Experiments.Tool.Running;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>From the first request to stop to the end of the process.</summary>
public sealed class StopRequestsTests
{
    private readonly FakeTimeProvider _time = new();
    private int _ends;

    [Fact]
    public void The_first_request_is_graceful_for_a_while_and_never_for_ever()
    {
        using var stop = Requests();

        stop.Request(insist: true);
        Assert.True(stop.Requested.IsCancellationRequested && !stop.Forced.IsCancellationRequested);
        _time.Advance(StopRequests.Patience);
        Assert.True(stop.Forced.IsCancellationRequested);
        Assert.Equal(0, _ends);
        _time.Advance(StopRequests.Grace - StopRequests.Patience);
        Assert.Equal(1, _ends);
    }

    [Fact]
    public void A_second_signal_waits_for_nothing_and_ends_the_process_soon()
    {
        using var stop = Requests();

        stop.Request(insist: true);
        stop.Request(insist: true);
        Assert.True(stop.Forced.IsCancellationRequested);
        _time.Advance(StopRequests.ForcedGrace);
        Assert.Equal(1, _ends);
    }

    [Fact]
    public void The_end_of_standard_input_after_a_signal_is_no_second_one()
    {
        using var stop = Requests();

        stop.Request(insist: true);
        stop.Request(insist: false);

        Assert.False(stop.Forced.IsCancellationRequested);
    }

    [Fact]
    public void The_whole_grace_is_less_than_what_build_systems_give() => Assert.InRange(StopRequests.Grace, StopRequests.Patience, TimeSpan.FromSeconds(29));

    [Fact]
    public void What_comes_when_all_is_over_ends_nothing()
    {
        var stop = Requests();
        stop.Request(insist: true);
        stop.Dispose();

        stop.Request(insist: false);
        stop.Request(insist: true);
        _time.Advance(StopRequests.Grace);

        Assert.Equal(0, _ends);
    }

    [Fact]
    public void Whoever_hears_of_it_may_throw()
    {
        using var stop = Requests();
        using var registration = stop.Requested.Register(() => throw new InvalidOperationException("not now"));

        stop.Request(insist: true);

        Assert.True(stop.Requested.IsCancellationRequested);
    }

    private StopRequests Requests() => new(whenStandardInputCloses: false, _time, () => _ends++);
}
