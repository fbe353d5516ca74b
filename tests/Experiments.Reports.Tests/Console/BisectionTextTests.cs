using Experiments.Core.Pairs;
using Experiments.Reports.Console;

namespace Experiments.Reports.Tests.Console;

public class BisectionTextTests
{
    private static readonly BisectionReport Report = new()
    {
        Experiment = "meld-da", Configuration = "num_workers=4", Good = new string('a', 40), Bad = new string('4', 40), Effect = Pair(-0.2, PairVerdict.Slower),
        Commits =
        [
            new(new string('1', 40), "Ada", "Break it") { Probability = 0.01, Probes = [new() { Configuration = "num_workers=4", Verdict = PairVerdict.NotMeasured, Note = "the new side: exit code 1" }] },
            new(new string('2', 40), "Ada", "Say more") { Probes = [Pair(0.004, PairVerdict.NotSlower)] },
            new(new string('3', 40), "Grace", "Check \u001b[31msums") { Probability = 0.99, Probes = [Pair(-0.21, PairVerdict.Slower)] },
            new(new string('4', 40), "Ada", "Say less"),
        ],
    };

    [Fact]
    public void The_commit_that_was_found_is_said_with_its_author_and_what_it_costs()
    {
        var found = Report with { Verdict = BisectionVerdict.Found, Confirmation = Pair(-0.19, PairVerdict.Slower) };
        var text = new StringWriter();

        BisectionText.Write(found, text);

        var lines = text.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Contains("Good: aaaaaaaaaaaa   Bad: 444444444444   At: num_workers=4", lines);
        Assert.Single(lines, line => line.Contains("333333333333", StringComparison.Ordinal) && line.Contains("99 %", StringComparison.Ordinal) && line.Contains("-21.0 %", StringComparison.Ordinal));
        Assert.Contains("  111111111111 was not measured: the new side: exit code 1", lines);
        Assert.DoesNotContain('\u001b', text.ToString());
        Assert.EndsWith("\" by Grace: -19.0 % (-24.0 % to -14.0 %) against its parent", BisectionText.VerdictOf(found), StringComparison.Ordinal);
        Assert.StartsWith("against its parent: -19.0 %", BisectionText.ProgressOf(found), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_certain_names_the_commits_that_are_left_and_why()
    {
        var open = Report with { Commits = [.. Report.Commits.Select(commit => commit with { Probes = [.. commit.Probes.Where(probe => probe.Blocks > 0 && probe.Change > -0.1)] })], Note = "the time is spent: the same command continues" };

        Assert.Equal("inconclusive, 2 commits left, from 333333333333 to 444444444444 (the time is spent: the same command continues)", BisectionText.VerdictOf(open));
        Assert.Equal("left: 2 commits, from 333333333333 to 444444444444", BisectionText.ProgressOf(open));
        Assert.StartsWith("nothing became slower: +1.0 %", BisectionText.VerdictOf(Report with { Verdict = BisectionVerdict.NotSlower, Effect = Pair(0.01, PairVerdict.NotSlower) }), StringComparison.Ordinal);
        Assert.Equal("not measured (the old side: exit code 1)", BisectionText.VerdictOf(Report with { Verdict = BisectionVerdict.NotMeasured, Effect = null, Note = "the old side: exit code 1" }));
        Assert.Equal("4 commits between aaaaaaaaaaaa and 444444444444", BisectionText.ProgressOf(Report with { Effect = null }));
    }

    private static PairComparison Pair(double change, PairVerdict verdict) => new()
    {
        Configuration = "num_workers=4", Verdict = verdict, Blocks = 20, Starts = 2, Change = change, ChangeLow = change - 0.05, ChangeHigh = change + 0.05,
    };
}
