using System.Text.RegularExpressions;
using Experiments.Analysis.Tests;
using Experiments.Core.Matrix;
using Experiments.Core.Pairs;
using Experiments.Core.Results;
using Experiments.Reports.Files;

namespace Experiments.Reports.Tests.Files;

/// <summary>What a pull request's readers see.</summary>
public partial class CommentMarkdownTests
{
    [Fact]
    public void The_comment_is_as_committed() => GoldenFile.Matches("comment.md", CommentMarkdown.Render(SampleReport.Report, new Uri("https://ci.example/jobs/7")));

    [Fact]
    public void The_red_stand_first_and_what_did_not_change_is_folded()
    {
        var comment = CommentMarkdown.Render(SampleReport.Report);
        var shown = comment[..comment.IndexOf("<details>", StringComparison.Ordinal)];

        Assert.StartsWith(CommentMarkdown.Marker(SampleReport.Sweep.Experiment) + "\n## ", comment, StringComparison.Ordinal);
        var verdicts = VerdictCell().Matches(shown).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(["blown up", "regressed", "failed"], verdicts);
        Assert.DoesNotContain("✓ pass |", shown, StringComparison.Ordinal);
        Assert.Contains("✓ pass |", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_are_told_with_their_intervals_and_the_slower_first()
    {
        var pairs = new[] { Pair("num_workers=0", PairVerdict.NotSlower, 0.01), Pair("num_workers=2", PairVerdict.Slower, -0.12) };
        var comment = CommentMarkdown.Render(SampleReport.Report with { Sweep = SampleReport.Sweep with { Pairs = pairs } });

        Assert.Contains("| num_workers=2 | 1000 | 880 | -12.0 % | -14.0 % to -10.0 % | ✗ slower |\n| num_workers=0 |", comment, StringComparison.Ordinal);
        Assert.Contains("--against aaaaaaaaaaaa\n", comment, StringComparison.Ordinal);
    }

    [Fact]
    public void However_large_a_sweep_is_the_comment_is_short_enough_and_whole()
    {
        var verdict = SampleReport.Report.Assessment.Configurations.First(one => one.Verdict == VerdictKind.Regressed);
        var many = Enumerable.Range(0, 2_000).Select(number => verdict with { Configuration = SampleSweep.Of($"dataset-{number}-{new string('x', 100)}", 1, pin: true) }).ToArray();
        var large = SampleReport.Report with { Assessment = SampleReport.Report.Assessment with { Configurations = many } };

        var comment = CommentMarkdown.Render(large);

        Assert.InRange(comment.Length, 50_000, CommentMarkdown.TooManyCharacters - 1);
        Assert.Contains("1970 more are below.", comment, StringComparison.Ordinal);
        Assert.Contains("The rest is in the sweep's summary.md.\n\n</details>\n", comment, StringComparison.Ordinal);
        Assert.EndsWith("```\n", comment, StringComparison.Ordinal);
        Assert.True(CommentMarkdown.Render(large with { Sweep = large.Sweep with { Configurations = [], Experiment = new string('y', 30_000) } }).Length < CommentMarkdown.TooManyCharacters);
    }

    [Fact]
    public void No_name_ends_the_marker_or_the_fold_or_reaches_a_shell()
    {
        var evil = Configuration.Create(new Dictionary<string, AxisValue> { ["dataset"] = AxisValue.Of("</details> --> $(reboot)`x`") });
        var verdict = SampleReport.Report.Assessment.Configurations.First(one => one.Verdict == VerdictKind.Regressed) with { Configuration = evil };
        var comment = CommentMarkdown.Render(SampleReport.Report with
        {
            Sweep = SampleReport.Sweep with { Experiment = "a --> b\n", DefinitionFile = "x'; reboot; '\n```\n.yaml" },
            Assessment = SampleReport.Report.Assessment with { Configurations = [verdict], Advice = [] },
        });

        Assert.Single(CommentEnd().Matches(comment));
        Assert.Single(FoldEnd().Matches(comment));
        Assert.DoesNotContain("$(reboot)", comment[comment.IndexOf("```sh", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains(@"experiments run 'x'\''; reboot; '\''\u000a```\u000a.yaml'" + "\n```", comment, StringComparison.Ordinal);
    }

    private static PairComparison Pair(string configuration, PairVerdict verdict, double change) => new()
    {
        Configuration = configuration, Verdict = verdict, Old = new string('a', 40), OldSamplesPerSecond = 1000, NewSamplesPerSecond = 1000 * (1 + change),
        Change = change, ChangeLow = change - 0.02, ChangeHigh = change + 0.02, Blocks = 100, Starts = 2, MeasuredSeconds = 12,
    };

    [GeneratedRegex(@"\| [✗?✓] ([a-z ]+) \|\n")]
    private static partial Regex VerdictCell();

    [GeneratedRegex("-->")]
    private static partial Regex CommentEnd();

    [GeneratedRegex("</details>")]
    private static partial Regex FoldEnd();
}
