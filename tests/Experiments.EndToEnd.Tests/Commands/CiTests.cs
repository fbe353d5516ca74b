using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.EndToEnd.Tests.Running;

namespace Experiments.EndToEnd.Tests.Commands;

/// <summary>What CI systems are told, read back as their documentation says that they read it.</summary>
public sealed partial class CiTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public CiTests()
    {
        _workspace.Write("train.sh", Trainings.Good);
        _workspace.Write("small.yaml", Trainings.Definition.Replace("max: 1GiB", "max: 1KiB", StringComparison.Ordinal)); // red
        _workspace.Write("summary", "before\n");
        _workspace.Write("outputs", "");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task GitHub_gets_the_summary_and_outputs_behind_what_is_there()
    {
        var run = await RunAsync(("GITHUB_STEP_SUMMARY", File("summary")), ("GITHUB_OUTPUT", File("outputs")));
        var summary = System.IO.File.ReadAllText(File("summary"));
        Assert.StartsWith("before\n## small: ", summary, StringComparison.Ordinal);
        Assert.Contains("EXP2001", summary, StringComparison.Ordinal);
        var outputs = System.IO.File.ReadAllLines(File("outputs")).ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        Assert.Equal(("blown up", "1", "0"), (outputs["verdict"], outputs["exit_code"], outputs["regressions"]));
        Assert.True(System.IO.File.Exists(outputs["report"]));

        var silent = await _workspace.RunAsync(new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = File("none") }, "gate", "small.yaml", "--ci", "none");
        Assert.Equal(run.ExitCode, silent.ExitCode);
        Assert.False(System.IO.File.Exists(File("none")));

        var refused = await _workspace.RunAsync(new Dictionary<string, string> { ["GITHUB_STEP_SUMMARY"] = _workspace.Folder }, "gate", "small.yaml");
        Assert.Equal(1, refused.ExitCode); // the verdict stands
        Assert.Contains("warning EXP5011: CI: ", refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_gets_an_issue_for_each_diagnostic_and_a_tab()
    {
        var run = await RunAsync(("TF_BUILD", "True"));
        var issues = run.Lines.Select(line => AzureCommand().Match(line)).Where(match => match.Success).ToList();
        var issue = issues.First(match => match.Groups["properties"].Value.Contains("code=EXP2001", StringComparison.Ordinal));
        Assert.Equal("task.logissue", issue.Groups["command"].Value);
        var properties = issue.Groups["properties"].Value.Split(';').Select(property => property.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(("error", "small.yaml"), (properties["type"], properties["sourcepath"]));
        Assert.InRange(int.Parse(properties["linenumber"], CultureInfo.InvariantCulture), 2, 20);
        Assert.StartsWith("peak memory ", issue.Groups["message"].Value, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(issues.Single(match => match.Groups["command"].Value == "task.uploadsummary").Groups["message"].Value));
    }

    [Fact]
    public async Task TeamCity_gets_figures_and_problems()
    {
        var run = await RunAsync(("TEAMCITY_VERSION", "2026.1"));
        var messages = run.Lines.Select(line => TeamCityMessage().Match(line)).Where(match => match.Success).ToList();
        Assert.Equal(4, messages.Count(match => match.Groups["name"].Value == "buildStatisticValue"));
        Assert.Contains(messages, match => match.Value.Contains("key='experiments.small.num_workers=2 pin_memory=false.samples_per_second' value='", StringComparison.Ordinal));
        Assert.Equal(2, messages.Count(match => match.Groups["name"].Value == "buildProblem" && match.Value.Contains("EXP2001", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GitLab_gets_metrics_and_findings_with_their_places()
    {
        await RunAsync(("GITLAB_CI", "true"));
        var folder = _workspace.SweepFolder("small");
        var metrics = System.IO.File.ReadAllLines(Path.Combine(folder, "metrics.txt"));
        Assert.Equal("# EOF", metrics[^1]);
        Assert.Equal(4, metrics.Count(line => OpenMetric().IsMatch(line)));
        Assert.Equal(2, metrics.Count(line => line.StartsWith("# TYPE experiments_", StringComparison.Ordinal)));
        var findings = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "gl-code-quality.json")))!.AsArray();
        Assert.All(findings, finding => Assert.True(
            finding!["description"] is not null && finding["check_name"] is not null && finding["fingerprint"] is not null
            && (string?)finding["severity"] is "major" or "minor" && (string?)finding["location"]!["path"] == "small.yaml" && (int)finding["location"]!["lines"]!["begin"]! > 0, finding.ToJsonString()));
        Assert.Equal(findings.Count, findings.Select(finding => (string)finding!["fingerprint"]!).Distinct().Count());
    }

    [LinuxFact]
    public async Task Buildkite_gets_one_annotation_an_experiment_from_its_agent()
    {
        var agent = _workspace.Write("bin/buildkite-agent", "#!/bin/sh\nprintf '%s\\n' \"$@\" > agent.words\ncat > agent.input\nexit ${AGENT_EXIT:-0}\n");
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(agent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = ("PATH", $"{Path.GetDirectoryName(agent)}:{Environment.GetEnvironmentVariable("PATH")}");
        await RunAsync(("BUILDKITE", "true"), path);
        Assert.Equal(["annotate", "--style", "error", "--context", "experiments-small"], System.IO.File.ReadAllLines(File("agent.words")));
        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(_workspace.SweepFolder("small"), "summary.md")), System.IO.File.ReadAllText(File("agent.input")));

        var refused = await _workspace.RunAsync(new Dictionary<string, string> { ["BUILDKITE"] = "true", ["PATH"] = path.Item2, ["AGENT_EXIT"] = "1" }, "gate", "small.yaml");
        Assert.Equal(1, refused.ExitCode); // the verdict stands
        Assert.Contains("warning EXP3037: buildkite-agent annotate: exit code 1", refused.Output, StringComparison.Ordinal);
        var none = await _workspace.RunAsync(new Dictionary<string, string> { ["BUILDKITE"] = "true" }, "gate", "small.yaml");
        Assert.DoesNotContain("EXP3037", none.Output, StringComparison.Ordinal);
    }

    private string File(string name) => Path.Combine(_workspace.Folder, name);

    private async Task<ToolRun> RunAsync(params (string Name, string Value)[] variables)
    {
        var run = await _workspace.RunAsync(variables.ToDictionary(one => one.Name, one => one.Value), "run", "small.yaml");
        Assert.True(run.ExitCode == 1, run.ToString());
        return run;
    }

    [GeneratedRegex(@"^##vso\[(?<command>[a-z.]+)( (?<properties>[^\]]*))?\](?<message>.*)$")]
    private static partial Regex AzureCommand();

    [GeneratedRegex(@"^##teamcity\[(?<name>\w+)( \w+='([^'|\[\]]|\|['|\[\]nr]|\|0x[0-9A-F]{4})*')+\]$")]
    private static partial Regex TeamCityMessage();

    [GeneratedRegex("""^experiments_[a-z_]+\{experiment="[^"]*",configuration="[^"]*"\} [0-9.]+$""")]
    private static partial Regex OpenMetric();
}
