using Experiments.Mlflow.Outbox;

namespace Experiments.Mlflow.Tests.Outbox;

public sealed class BackoffTests
{
    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(1_000_000, 30)]
    public void A_pause_doubles_up_to_the_longest(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.After(failures, random: 0));

    [Fact]
    public void Jitter_shortens_a_pause_by_at_most_a_half() =>
        Assert.InRange(Backoff.After(3, random: 0.999), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.01));
}
