using System.Text.Json.Nodes;
using System.Xml.Linq;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What happens to one definition is none of the others' business.</summary>
public sealed class SeveralDefinitionsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public SeveralDefinitionsTests()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("a.yaml", Definition("good"));
        _workspace.Write("b.yaml", Definition("cannot") + "\ngates: {throughput: {max_regression: 5%}, baseline: {source: \"sweep:nope\"}}");
        _workspace.Write("c.yaml", Definition("large") + "\ngates: {peak_memory: {max: 1KiB}}");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task One_that_cannot_start_keeps_no_other_from_running_and_hides_no_failed_gate()
    {
        var run = await _workspace.RunAsync("run", "b.yaml", "a.yaml", "c.yaml");

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Contains(run.Lines, line => line.StartsWith("b.yaml(", StringComparison.Ordinal) && line.Contains("error EXP3010: the sweep nope, which is to be the baseline: ", StringComparison.Ordinal));
        Assert.Equal(["cannot: not done (EXP3010)", "good: pass", "large: blown up", "All 3 experiments: a gate failed (exit code 1)"], run.Lines.TakeLast(4));
    }

    [Fact]
    public async Task One_junit_file_and_one_summary_hold_all_of_them()
    {
        var run = await _workspace.RunAsync("run", "b.yaml", "a.yaml", "c.yaml", "--junit", "out/junit.xml", "--summary", "out/summary.md");

        Assert.True(run.ExitCode == 1, run.ToString());
        var suites = XDocument.Load(Path.Combine(_workspace.Folder, "out/junit.xml")).Root!.Elements("testsuite").ToArray();
        Assert.Equal(["good 1 0 0", "large 1 1 0", "cannot 1 0 1"], suites.Select(suite => $"{(string)suite.Attribute("name")!} {(int)suite.Attribute("tests")!} {(int)suite.Attribute("failures")!} {(int)suite.Attribute("errors")!}"));
        Assert.Equal("not done (EXP3010)", (string)suites[2].Descendants("error").Single().Attribute("message")!);
        var summary = await File.ReadAllTextAsync(Path.Combine(_workspace.Folder, "out/summary.md"), TestContext.Current.CancellationToken);
        Assert.Contains("not done (EXP3010) |", summary, StringComparison.Ordinal);
        Assert.Contains("## good: ", summary, StringComparison.Ordinal);
        Assert.Contains("## large: ", summary, StringComparison.Ordinal);

        var refused = await _workspace.RunAsync("run", "a.yaml", "--junit", "a.yaml/junit.xml");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("error EXP5011: ", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_failed_gate_the_one_that_could_not_start_is_the_worst()
    {
        var run = await _workspace.RunAsync("run", "b.yaml", "a.yaml");

        Assert.True(run.ExitCode == 2, run.ToString());
        Assert.Equal("good: pass", run.Lines[^2]);
    }

    [Theory]
    [InlineData("run", 1)]
    [InlineData("plan", 0)]
    [InlineData("gate", 1)]
    [InlineData("report", 2)]
    [InlineData("advise", 2)]
    [InlineData("history", 0)]
    public async Task Json_of_several_is_one_list_of_those_that_have_something_to_show(string command, int exitCode)
    {
        if (command is "gate" or "report" or "advise")
            await _workspace.RunAsync("run", "a.yaml", "c.yaml");

        var run = await _workspace.RunAsync(command, "a.yaml", "b.yaml", "c.yaml", "--output", "json");

        Assert.True(run.ExitCode == exitCode, run.ToString());
        Assert.Equal(command is "plan" or "history" ? 3 : 2, JsonNode.Parse(run.Output)!.AsArray().Count);
    }

    [Fact]
    public async Task Json_of_one_is_an_object_and_of_several_that_cannot_start_an_empty_list()
    {
        Assert.Equal("good", (string)JsonNode.Parse((await _workspace.RunAsync("run", "a.yaml", "--output", "json")).Output)!["sweep"]!["experiment"]!);
        _workspace.Write("d.yaml", Definition("neither") + "\ngates: {throughput: {max_regression: 5%}, baseline: {source: \"sweep:nope\"}}");

        var none = await _workspace.RunAsync("run", "b.yaml", "d.yaml", "--output", "json");

        Assert.Equal(2, none.ExitCode);
        Assert.Empty(JsonNode.Parse(none.Output)!.AsArray());
        Assert.Contains("EXP3010", none.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{\"sweep\":null,\"assessment\":null}")]
    [InlineData("{\"schemaVersion\":99,\"sweep\":{\"verdict\":\"a word of later\"}}")]
    [InlineData("\0\0\0\0")]
    public async Task An_old_sweep_that_cannot_be_read_is_left_out_with_a_warning(string content)
    {
        _workspace.Write("a.yaml", Definition("good") + "\ngates: {trend: {max_slowdown: 5%}}");
        Assert.Equal(0, (await _workspace.RunAsync("run", "a.yaml")).ExitCode);
        var old = _workspace.SweepFolder("good");
        File.WriteAllText(Path.Combine(old, "results.json"), content);

        var run = await _workspace.RunAsync("run", "a.yaml");

        Assert.True(run.ExitCode == 0, run.ToString());
        var warning = Assert.Single(run.Lines, line => line.Contains("EXP4006", StringComparison.Ordinal));
        Assert.StartsWith($"a.yaml(1,1): warning EXP4006: sweep {Path.GetFileName(old)} is left out of the history: ", warning, StringComparison.Ordinal);
        Assert.Contains("Verdict: pass", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, _workspace.SweepFolders("good").Count(sweep => File.Exists(Path.Combine(sweep, "junit.xml"))));
        Assert.Equal(0, (await _workspace.RunAsync("history", "a.yaml")).ExitCode);
    }

    private static string Definition(string name) => $"name: {name}\ntrain: {{command: [sh, train.sh], steps: 8, warmup_steps: 2}}\nmatrix: {{num_workers: [0]}}";
}
