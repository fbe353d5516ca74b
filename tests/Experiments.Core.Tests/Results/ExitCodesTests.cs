using Experiments.Core.Results;

namespace Experiments.Core.Tests.Results;

public class ExitCodesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1, 2)] // a definition that did not start does not hide another's regression
    [InlineData(1, 5, 1, 3)]
    [InlineData(5, 2, 5, 3)]
    [InlineData(2, 4, 3, 2)]
    [InlineData(3, 4, 3, 0)]
    [InlineData(4, 0, 4)]
    [InlineData(130, 1, 130)]
    [InlineData(5, 0, 134)] // what the runtime ends with
    public void The_worst_of_several_stands_for_all(int worst, params int[] all) => Assert.Equal(worst, ExitCodes.Worst(all));

    [Fact]
    public void No_verdict_ends_like_a_failure_of_the_tool() =>
        Assert.DoesNotContain(ExitCodes.ToolFailed, Enum.GetValues<VerdictKind>().Select(ExitCodes.Of));

    [Fact]
    public void Each_code_has_words_of_its_own()
    {
        int[] codes = [ExitCodes.Pass, ExitCodes.GateFailed, ExitCodes.BadUsage, ExitCodes.TrialFailed, ExitCodes.Inconclusive, ExitCodes.ToolFailed, ExitCodes.Cancelled, 134];

        Assert.Equal(codes.Length, codes.Select(ExitCodes.Meaning).Distinct().Count());
    }
}
