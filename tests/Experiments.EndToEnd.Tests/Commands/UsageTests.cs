using Experiments.Core.Results;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What a mistyped command line is told.</summary>
public class UsageTests
{
    [Theory]
    [InlineData("run --repeats abc", "--repeats is \"abc\"; expected a whole number up to 2147483647 (experiments run --help)")]
    [InlineData("run --repeats 99999999999", "--repeats is \"99999999999\"; expected a whole number up to 2147483647 (experiments run --help)")]
    [InlineData("run --repeats", "--repeats needs a value: a whole number up to 2147483647 (experiments run --help)")]
    [InlineData("run --seed 1 --seed 2", "--seed is given more than once, 1 and 2; it takes one (experiments run --help)")]
    [InlineData("run --repeat 3", "unknown option \"--repeat\"; did you mean \"--repeats\"? Valid options: ")]
    [InlineData("publish --foo", "unknown option \"--foo\"; ")]
    [InlineData("run --output xml", "--output is \"xml\"; valid values: json, table (experiments run --help)")]
    [InlineData("completions", "shell needs a value: ")]
    [InlineData("completions fish", "shell is \"fish\"; valid values: ")]
    [InlineData("data synthesize --samples many", "--samples is \"many\"; expected a whole number up to 2147483647 (experiments data synthesize --help)")]
    [InlineData("data synthesize --out x", "--profile needs a value: iemocap-da, meld-da, mintrec (experiments data synthesize --help)")]
    [InlineData("data build-meld --annotations a --out x --features y", "--features is \"y\"; valid values: ")]
    [InlineData("advise --num_workers x", "--num_workers is \"x\"; expected a whole number up to 2147483647 (experiments advise --help)")]
    [InlineData("runn", "unknown command \"runn\"; did you mean \"run\"? Valid commands: plan, compare, bisect, tune, run, ")]
    [InlineData("baseline", "a command is missing; valid commands: accept")]
    [InlineData("schema b", "\"b\" is one argument too many (experiments schema --help)")]
    public async Task A_mistake_is_told_in_plain_words_with_what_is_valid(string line, string message)
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync(line.Split(' '));

        Assert.Equal(ExitCodes.BadUsage, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("experiments: error EXP1032: " + message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Experiments.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_of_a_line_has_a_line_of_its_own()
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync("data", "synthesize", "--samples", "many", "--sed", "1");

        Assert.Equal(5, run.Error.TrimEnd().Split('\n').Length); // --samples, --sed and its 1, --profile, --out
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown()
    {
        using var workspace = new Workspace();

        var run = await workspace.RunAsync();

        Assert.Equal(ExitCodes.Pass, run.ExitCode);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_may_begin_with_an_at_sign_or_a_dash()
    {
        using var workspace = new Workspace();
        foreach (var name in new[] { "@a.yaml", "-b.yaml" })
        {
            workspace.Write(name, "name: a\ntrain: {command: [python3]}\nmatrix: {x: [1]}\n");
            var run = await workspace.RunAsync("plan", name);
            Assert.True(run.ExitCode == ExitCodes.Pass, run.ToString());
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("msbuild", false)] // adds its own
    public async Task In_GitHub_Actions_a_diagnostic_ends_as_the_matcher_of_setup_dotnet_wants_it(string caller, bool isExpected)
    {
        using var workspace = new Workspace();
        workspace.Write("experiments/a.yaml", "name: a\ntrain: {command: [python3]}\nmatrix: {x: []}\n");

        var run = await workspace.RunAsync(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true", ["EXPERIMENTS_CALLED_BY"] = caller }, "plan");

        // https://github.com/actions/setup-dotnet/blob/main/.github/csc.json
        const string Matcher = @"^([^\s].*)\((\d+)(?:,\d+|,\d+,\d+)?\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d+):\s*(.*?)\s+\[(.*?)\]$";
        var match = System.Text.RegularExpressions.Regex.Match(run.Lines[0], Matcher);
        Assert.Equal(isExpected, match.Success);
        if (isExpected)
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(match.Groups[6].Value)!, match.Groups[1].Value)), run.Lines[0]); // as GitHub looks for it
    }
}
