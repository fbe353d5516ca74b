using Experiments.MSBuild.Tasks;

namespace Experiments.MSBuild.Tests.Tasks;

public class DiagnosticLineTests
{
    [Theory]
    [InlineData("experiments/meld-da.yaml(21,3): error EXP2001: peak memory", true)]
    [InlineData("experiments: warning EXP4001: server is down", true)]
    [InlineData("C:\\work\\a b.yaml(1,1): error EXP1001: gone", true)]
    [InlineData("val error: 0.25", false)]
    [InlineData("run.py(3): error CS1002: ; expected", false)]
    [InlineData("see error EXP2001 in the manual: it is there", false)]
    [InlineData(": error EXP2001: nobody", false)]
    [InlineData("", false)]
    public void Only_a_canonical_line_with_a_code_of_ours_is_a_diagnostic(string line, bool expected) =>
        Assert.Equal(expected, DiagnosticLine.Matches(line));
}
