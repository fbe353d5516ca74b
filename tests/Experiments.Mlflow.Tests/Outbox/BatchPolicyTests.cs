using Experiments.Mlflow.Outbox;

namespace Experiments.Mlflow.Tests.Outbox;

public sealed class BatchPolicyTests
{
    private static readonly BatchPolicy Policy = new(MaxPoints: 1000, MaxAge: TimeSpan.FromSeconds(2));

    [Fact]
    public void Nothing_gathered_is_nothing_to_wait_for() => Assert.Null(Policy.DueIn(0, 0, TimeSpan.FromHours(1)));

    [Fact]
    public void A_full_batch_is_due_at_once() => Assert.Equal(TimeSpan.Zero, Policy.DueIn(1, 1000, TimeSpan.Zero));

    [Fact]
    public void A_small_batch_waits_until_it_is_old() =>
        Assert.Equal(TimeSpan.FromSeconds(0.5), Policy.DueIn(1, 1, TimeSpan.FromSeconds(1.5)));

    [Fact]
    public void An_old_batch_is_due() => Assert.True(Policy.DueIn(1, 0, TimeSpan.FromSeconds(3)) <= TimeSpan.Zero);
}
