using Experiments.Analysis.Tuning;
using Experiments.Core.Pairs;
using Experiments.Core.Tuning;

namespace Experiments.Analysis.Tests.Tuning;

public class TuningConfirmationTests
{
    private static readonly LoaderSetting Own = new(0, null, false);
    private static readonly LoaderSetting Chosen = new(3, null, false);
    private static readonly TuningReport Report = new() { Own = Own, Chosen = Chosen, Rows = [], Reasons = ["Tried."] };

    [Fact]
    public void A_winner_that_is_surely_slower_as_a_fresh_process_is_not_recommended()
    {
        var report = Report.With(Pair(PairVerdict.Slower, -0.2, -0.3, -0.1));

        Assert.Equal(Own, report.Chosen);
        Assert.Contains(report.Reasons, reason => reason.Contains("As fresh processes num_workers=3 is slower than num_workers=0", StringComparison.Ordinal));
        Assert.Equal(-0.2, report.Pair!.Change);
    }

    [Theory]
    [InlineData(PairVerdict.NotSlower, 0.2, 0.1, 0.3)]
    [InlineData(PairVerdict.Inconclusive, -0.02, -0.1, 0.06)]
    [InlineData(PairVerdict.NotMeasured, 0, 0, 0)]
    public void Any_other_pair_leaves_the_answer(PairVerdict verdict, double change, double low, double high) =>
        Assert.Equal(Chosen, Report.With(Pair(verdict, change, low, high)).Chosen);

    [Fact]
    public void Without_a_pair_nothing_changes() => Assert.Same(Report, Report.With(null));

    private static PairComparison Pair(PairVerdict verdict, double change, double low, double high) => new()
    {
        Configuration = "num_workers=3 instead of num_workers=0", Verdict = verdict, Change = change, ChangeLow = low, ChangeHigh = high, Blocks = 20, Starts = 2,
    };
}
