using Experiments.Analysis.Baselines;
using static Experiments.Analysis.Tests.SampleSweep;

namespace Experiments.Analysis.Tests.Baselines;

public class RatchetTests
{
    [Fact]
    public void A_faster_baseline_is_accepted_by_itself() =>
        Assert.True(Ratchet.Decide(BaselineOf(Noisy(3, 0.01, 1)), BaselineOf(Noisy(3, 0.01, 2), 1.2), null).Accepted);

    [Fact]
    public void Noise_does_not_hold_the_ratchet() =>
        Assert.True(Ratchet.Decide(BaselineOf(Noisy(3, 0.02, 1)), BaselineOf(Noisy(3, 0.02, 2)), null).Accepted);

    [Fact]
    public void Rule_20_a_slower_baseline_needs_a_reason()
    {
        var before = BaselineOf(Noisy(3, 0.01, 1));
        var slower = BaselineOf(Noisy(3, 0.01, 2), 0.8);

        var refused = Ratchet.Decide(before, slower, " ");
        Assert.False(refused.Accepted);
        Assert.Contains("--reason", refused.Reason, StringComparison.Ordinal);
        Assert.True(Ratchet.Decide(before, slower, "double precision by default").Accepted);
    }

    [Fact]
    public void Another_machines_baseline_does_not_hold_it() =>
        Assert.True(Ratchet.Decide(BaselineOf(Noisy(3, 0.01, 1)) with { Machine = Machine with { Id = "other" } }, BaselineOf(Noisy(3, 0.01, 2), 0.5), null).Accepted);

    [Fact]
    public void A_sweep_that_measured_nothing_is_no_baseline() =>
        Assert.False(Ratchet.Decide(null, BaselineOf(Sweep([])), null).Accepted);
}
